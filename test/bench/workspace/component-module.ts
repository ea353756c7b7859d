import { type Entity, expression, literalString, type Scope, typeOf, type Variable, withVariables } from "./expressions.js";
import { type Brief, file, type Import, type Module, scopeOf } from "./module.js";
import { anySort, entity, indent, interfaceOf, names } from "./statements.js";
import { action, camel, capitalise, kebab, noun, pascal, sentence, thing } from "./words.js";

/** A React component with its props, state, derived values and handlers. */
export function componentModule(brief: Brief): Module {
  const { random } = brief;
  const name = brief.names.fresh([...thing(random), random.pick(["card", "list", "panel", "form", "view"])], pascal);
  const props = entity(random, `${name}Props`);
  const row = entity(random, `${name}Row`);
  const about: Variable[] = [
    ...props.fields.map((field) => ({ name: field.name, sort: field.sort })),
    { name: "rows", sort: { list: row } },
  ];
  const local = names([...about.map((variable) => variable.name), ...brief.imports.map(({ offer }) => offer.name), "key"]);
  const state = Array.from({ length: random.int(1, 3) }, () => {
    const sort = random.pick<"number" | "string" | "boolean">(["number", "string", "boolean"]);
    return { name: local.fresh(thing(random), camel), sort };
  });
  const scope = scopeOf(brief, [...about, ...state]);
  const opening = [
    ...interfaceOf(row).map((line) => line.replace("export interface", "interface")),
    "",
    ...interfaceOf(props).slice(0, -1),
    `  rows?: ${row.name}[];`,
    "}",
    "",
    `/** ${sentence(random)}. */`,
    `export function ${name}({`,
    ...props.fields.map((field) => `  ${field.name},`),
    "  rows = [],",
    `}: ${props.name}) {`,
    ...state.map(
      (each) => `  const [${each.name}, set${capitalise(each.name)}] = useState(${expression(scopeOf(brief, []), each.sort, 0)});`,
    ),
  ];
  const derived: string[] = [];
  const handlers: string[] = [];
  const markup: string[] = [];
  const used: Variable[] = [...state];
  while (opening.length + derived.length + markup.length < brief.size - 8) {
    const inside = withVariables(scope, used);
    if (random.chance(0.3)) {
      const sort = anySort(random, [row]);
      const memo = local.fresh(["shown", noun(random)], camel);
      derived.push(
        `const ${memo} = useMemo<${typeOf(sort)}>(`,
        `  () => ${parenthesise(expression(inside, sort, 2))},`,
        `  [${["rows", ...used.map((each) => each.name)].join(", ")}],`,
        ");",
      );
      used.push({ name: memo, sort });
    } else if (random.chance(0.25)) {
      const handler = local.fresh(["on", ...action(random)], camel);
      const target = random.pick([state[0] ?? { name: "limit", sort: "number" as const }, ...state]);
      derived.push(`function ${handler}(): void {`, `  set${capitalise(target.name)}(${expression(inside, target.sort, 2)});`, "}");
      handlers.push(handler);
    } else {
      markup.push(...child({ scope: inside, row, handlers, imports: brief.imports }, 3));
    }
  }
  const lines = [
    ...opening,
    ...indent(derived),
    "  return (",
    "    <section className={sectionLabel(" + literalString(random) + ")}>",
    ...indent(indent(indent(markup))),
    "    </section>",
    "  );",
    "}",
    "",
    "function sectionLabel(text: string): string {",
    `  return \`${kebab(thing(random))}-\${text}\`;`,
    "}",
  ];
  return { text: file(brief, lines, ['import { useMemo, useState } from "react";']), offers: [{ kind: "component", name, entity: props }] };
}

/** What markup is written from. */
interface Markup {
  readonly scope: Scope;
  readonly row: Entity;
  readonly handlers: readonly string[];
  readonly imports: readonly Import[];
}

/** One child of an element: a component, rows, something conditional, a button or another element; `depth` is how deep it may nest. */
function child(markup: Markup, depth: number): string[] {
  const { scope, row, handlers, imports } = markup;
  const { random } = scope;
  const component = random.any(imports.flatMap(({ offer }) => (offer.kind === "component" ? [offer] : [])));
  if (component !== undefined && random.chance(0.2)) {
    const attributes = component.entity.fields.map((field) => `  ${field.name}={${expression(scope, field.sort, 1)}}`);
    return [`<${component.name}`, ...attributes, "/>"];
  }
  if (random.chance(0.15)) {
    const item = camel([noun(random), "row"]);
    const inside = withVariables(scope, [{ name: item, sort: { record: row } }]);
    const title = expression(inside, "string", 1);
    return [
      `{rows.map((${item}) => (`,
      `  <li key={${item}.id} title={${title}}>`,
      `    {${expression(inside, "string", 1)}}`,
      "  </li>",
      "))}",
    ];
  }
  if (random.chance(0.15)) return [`{${expression(scope, "boolean", 1)} && (`, ...indent(element(markup, 0)), ")}"];
  const handler = random.any(handlers);
  if (handler !== undefined && random.chance(0.3)) {
    return [
      `<button type="button" onClick={${handler}} disabled={${expression(scope, "boolean", 1)}}>`,
      `  ${sentence(random)}`,
      "</button>",
    ];
  }
  return element(markup, depth);
}

function element(markup: Markup, depth: number): string[] {
  const { scope } = markup;
  const { random } = scope;
  const tag = random.pick(["div", "p", "article", "header", "footer", "ul", "dl", "h3", "strong"]);
  const attribute = random.chance(0.5) ? `className=${JSON.stringify(kebab(thing(random)))}` : `title={${expression(scope, "string", 1)}}`;
  const text = (): string => (random.chance(0.5) ? sentence(random) : `{${expression(scope, random.pick(["string", "number"]), 1)}}`);
  const inner =
    depth === 0 || random.chance(0.4) ? [text()] : Array.from({ length: random.int(1, 3) }, () => child(markup, depth - 1)).flat();
  return [`<${tag} ${attribute}>`, ...indent(inner), `</${tag}>`];
}

/** Keeps an object literal from being read as a block or as a spread's braces. */
function parenthesise(text: string): string {
  return text.startsWith("{") ? `(${text})` : text;
}
