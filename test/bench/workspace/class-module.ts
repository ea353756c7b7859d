import { literalNumber, literalString, typeOf, type Variable, withVariables } from "./expressions.js";
import { type Brief, entitiesOf, file, type Module, scopeOf } from "./module.js";
import { body, entity, heading, indent, interfaceOf, names, signatureOf, typeName } from "./statements.js";
import { action, camel, noun, pascal, sentence, thing } from "./words.js";

/** A class that keeps entities and works on them. */
export function classModule(brief: Brief): Module {
  const { random } = brief;
  const kept = entity(random, typeName(random, brief.names));
  const entities = [kept, ...entitiesOf(brief.imports)];
  const name = brief.names.fresh([...thing(random), random.pick(["service", "registry", "keeper", "desk"])], pascal);
  const fields: Variable[] = [
    { name: "this.limit", sort: "number" },
    { name: "this.label", sort: "string" },
  ];
  const store = `#${camel([noun(random), "by", "id"])}`;
  const members = names();
  const [keep, find] = [members.fresh(action(random), camel), members.fresh(action(random), camel)];
  const lines = [
    ...interfaceOf(kept),
    "",
    `/** ${sentence(random)}. */`,
    `export class ${name} {`,
    `  readonly ${store} = new Map<string, ${kept.name}>();`,
    "",
    `  constructor(private readonly limit: number = ${literalNumber(random)}, readonly label: string = ${literalString(random)}) {}`,
    "",
    `  ${keep}(kept: ${kept.name}): void {`,
    `    this.${store}.set(kept.id, kept);`,
    "  }",
    "",
    `  ${find}(id: string): ${kept.name} | undefined {`,
    `    return this.${store}.get(id);`,
    "  }",
    "",
  ];
  do {
    const scope = scopeOf(brief, fields);
    const signature = signatureOf(scope, entities);
    const isAsync = random.chance(0.5);
    const inside = withVariables(scope, signature.parameters, isAsync);
    const returns = isAsync ? `Promise<${typeOf(signature.returns)}>` : typeOf(signature.returns);
    const size = Math.max(3, Math.min(random.int(4, 26), brief.size - lines.length - 3));
    lines.push(
      ...indent(heading(`${isAsync ? "async " : ""}${members.fresh(action(random), camel)}`, signature.parameters, `: ${returns} {`)),
    );
    lines.push(...indent(indent(body(inside, signature.returns, size))), "  }", "");
  } while (lines.length < brief.size - 6);
  lines.push("}");
  return {
    text: file(brief, lines),
    offers: [
      { kind: "class", name },
      { kind: "type", name: kept.name, entity: kept },
    ],
  };
}
