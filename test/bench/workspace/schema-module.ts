import { type Brief, file, type Module, type Offer, scopeOf } from "./module.js";
import type { Random } from "./random.js";
import { entity, fn, typeName } from "./statements.js";
import { capitalise, pascal } from "./words.js";

/** Schemas with the types that follow from them, and a guard for each. */
export function schemaModule(brief: Brief): Module {
  const { random } = brief;
  const lines: string[] = [];
  const offers: Offer[] = [];
  do {
    const described = entity(random, typeName(random, brief.names));
    const schema = brief.names.fresh([described.name, "schema"], pascal);
    const guard = brief.names.fresh(["is", described.name], (parts) =>
      parts.map((part, index) => (index === 0 ? part : capitalise(part))).join(""),
    );
    lines.push(
      `export const ${schema} = z.object({`,
      ...described.fields.map((field) => `  ${field.name}: ${schemaOf(random, field.sort)},`),
      "});",
      "",
    );
    lines.push(`export type ${described.name} = z.infer<typeof ${schema}>;`, "");
    lines.push(
      `export function ${guard}(value: unknown): value is ${described.name} {`,
      `  return ${schema}.safeParse(value).success;`,
      "}",
      "",
    );
    offers.push({ kind: "schema", name: schema, entity: described }, { kind: "type", name: described.name, entity: described });
    if (random.chance(0.5)) {
      const written = fn(scopeOf(brief, []), brief.names, [described], random.int(5, 14));
      lines.push(...written.lines, "");
      offers.push({ kind: "function", name: written.callable.name, callable: written.callable });
    }
  } while (lines.length < brief.size - 12);
  return { text: file(brief, lines, ['import { z } from "zod";']), offers };
}

/** How a field is checked. */
export function schemaOf(random: Random, sort: "number" | "string" | "boolean" | "strings"): string {
  if (sort === "strings") return "z.array(z.string())";
  if (sort === "number") return random.pick(["z.number()", "z.number().int()", "z.number().min(0)"]);
  if (sort === "string") return random.pick(["z.string()", "z.string().min(1)", `z.string().max(${String(random.int(20, 400))})`]);
  return "z.boolean()";
}
