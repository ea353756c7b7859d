import { expression, type Variable } from "./expressions.js";
import { type Brief, entitiesOf, file, type Module, type Offer, scopeOf } from "./module.js";
import type { Random } from "./random.js";
import { entity, fn, interfaceOf, typeName } from "./statements.js";
import { kebab, thing } from "./words.js";

/** Functions over a few interfaces, with constants and a vocabulary: the bulk of every code base. */
export function domainModule(brief: Brief): Module {
  const { random } = brief;
  const own = Array.from({ length: random.int(1, 2) }, () => entity(random, typeName(random, brief.names)));
  const entities = [...own, ...entitiesOf(brief.imports)];
  const lines = own.flatMap((each) => [...interfaceOf(each), ""]);
  const offers: Offer[] = own.map((each) => ({ kind: "type", name: each.name, entity: each }));
  if (random.chance(0.4)) {
    const kind = typeName(random, brief.names);
    lines.push(`export type ${kind} = ${vocabulary(random).join(" | ")};`, "");
    offers.push({ kind: "value", name: kind });
  }
  const constants = constantsOf(brief);
  lines.push(...constants.lines);
  offers.push(...constants.offers);
  let scope = scopeOf(brief, constants.variables);
  do {
    const written = fn(scope, brief.names, entities, Math.max(5, Math.min(random.int(6, 34), brief.size - lines.length)));
    lines.push(...written.lines, "");
    offers.push({ kind: "function", name: written.callable.name, callable: written.callable });
    scope = { ...scope, callables: [...scope.callables, written.callable] };
  } while (lines.length < brief.size - 8);
  return { text: file(brief, lines), offers };
}

function constantsOf(brief: Brief): { lines: string[]; variables: Variable[]; offers: Offer[] } {
  const { random } = brief;
  const lines: string[] = [];
  const variables: Variable[] = [];
  const offers: Offer[] = [];
  for (let left = random.int(0, 3); left > 0; left -= 1) {
    const name = brief.names.fresh(thing(random), (parts) => parts.join("_").toUpperCase());
    const sort = random.pick<"number" | "string" | "strings" | "table">([
      "number",
      "number",
      "string",
      "string",
      "strings",
      "strings",
      "table",
    ]);
    const isShared = random.chance(0.4);
    const value = sort === "strings" ? `[${vocabulary(random).join(", ")}]` : expression(scopeOf(brief, []), sort, 0);
    lines.push(`${isShared ? "export " : ""}const ${name}${sort === "table" ? ": Record<string, string>" : ""} = ${value};`);
    variables.push({ name, sort });
    if (isShared) offers.push({ kind: "constant", name, sort });
  }
  if (lines.length > 0) lines.push("");
  return { lines, variables, offers };
}

function vocabulary(random: Random): string[] {
  return [...new Set(Array.from({ length: random.int(3, 7) }, () => JSON.stringify(kebab(thing(random)))))];
}
