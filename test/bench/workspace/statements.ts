import {
  entityOf,
  expression,
  literalString,
  typeOf,
  withVariables,
  type Callable,
  type Entity,
  type Scope,
  type Sort,
  type Variable,
} from "./expressions.js";
import type { Random } from "./random.js";
import { action, camel, noun, pascal, sentence, thing } from "./words.js";

/** Declares nothing twice: hands out names that a module has not used yet. */
export interface Names {
  fresh(parts: readonly string[], style: (parts: readonly string[]) => string): string;
  /** Marks names that come from elsewhere. */
  reserve(taken: readonly string[]): void;
}

export function names(taken: readonly string[] = []): Names {
  const used = new Set(taken);
  return {
    fresh(parts, style) {
      let name = style(parts);
      for (let count = 2; used.has(name) || RESERVED.has(name); count += 1) name = `${style(parts)}${String(count)}`;
      used.add(name);
      return name;
    },
    reserve(more) {
      for (const name of more) used.add(name);
    },
  };
}

/** Words that cannot be a name, or would hide a global that generated code uses. */
const RESERVED: ReadonlySet<string> = new Set(
  `break case class const continue default delete do else enum export extends finally for function if import in return super switch this
  throw try var void while with package let static Map Set Number String Math Promise Error Object Record Request Response Date`.split(
    /\s+/u,
  ),
);

/** A new interface, with an id and a few fields of all sorts. */
export function entity(random: Random, name: string): Entity {
  const spelled = names(["id"]);
  const fields = Array.from({ length: random.int(3, 8) }, () => ({
    name: spelled.fresh(random.chance(0.5) ? [noun(random)] : thing(random), camel),
    sort: random.pick<Entity["fields"][number]["sort"]>(["number", "number", "string", "string", "boolean", "strings"]),
  }));
  return { name, fields: [{ name: "id", sort: "string" }, ...fields] };
}

/** A sort to compute with, preferring the entities at hand. */
export function anySort(random: Random, entities: readonly Entity[]): Sort {
  const chosen = random.any(entities);
  if (chosen !== undefined && random.chance(0.65)) return random.chance(0.5) ? { record: chosen } : { list: chosen };
  if (random.chance(0.03)) return "table";
  return random.pick<Sort>(["number", "string", "boolean", "strings"]);
}

/** A function: how it is called, and its text. */
export interface Written {
  readonly callable: Callable;
  readonly lines: readonly string[];
}

/** Writes a function of about `size` lines. */
export function fn(
  scope: Scope,
  module: Names,
  entities: readonly Entity[],
  size: number,
  head: "export function" | "function" | "const" = "export function",
): Written {
  const { random } = scope;
  const name = module.fresh(action(random), camel);
  const signature = signatureOf(scope, entities);
  const isAsync = random.chance(0.45);
  const inside = withVariables(scope, signature.parameters, isAsync);
  const returns = typeOf(signature.returns);
  const result = isAsync ? `Promise<${returns}>` : returns;
  const doc = random.chance(0.45) ? docComment(random, signature.parameters) : [];
  const before =
    head === "const"
      ? `const ${name} = ${isAsync ? "async " : ""}`
      : `${head.replace("function", isAsync ? "async function" : "function")} ${name}`;
  const opening = heading(before, signature.parameters, `: ${result}${head === "const" ? " =>" : ""} {`);
  return {
    callable: { name, parameters: signature.parameters.map((parameter) => parameter.sort), returns: signature.returns, async: isAsync },
    lines: [
      ...doc,
      ...opening,
      ...indent(body(inside, signature.returns, size - doc.length - opening.length - 1)),
      head === "const" ? "};" : "}",
    ],
  };
}

/** The head of a function, its parameters on lines of their own when they are long. */
export function heading(before: string, parameters: readonly Variable[], after: string): string[] {
  const list = parameters.map((parameter) => `${parameter.name}: ${typeOf(parameter.sort)}`);
  const line = `${before}(${list.join(", ")})${after}`;
  return line.length <= 100 ? [line] : [`${before}(`, ...list.map((parameter) => `  ${parameter},`), `)${after}`];
}

export function signatureOf({ random, callables }: Scope, entities: readonly Entity[]): { parameters: Variable[]; returns: Sort } {
  const spelled = names(callables.map((callable) => callable.name));
  const parameters = Array.from({ length: random.int(1, 4) }, () => {
    const sort = anySort(random, entities);
    return { name: spelled.fresh(parameterWords(random, sort), camel), sort };
  });
  return { parameters, returns: anySort(random, entities) };
}

function parameterWords(random: Random, sort: Sort): string[] {
  const about = entityOf(sort);
  if (about === undefined || random.chance(0.3)) return thing(random);
  return [about.name.charAt(0).toLowerCase() + about.name.slice(1), ...(typeof sort !== "string" && "list" in sort ? ["list"] : [])];
}

/** Statements that end in a return of the wanted sort. */
export function body(scope: Scope, returns: Sort, size: number): string[] {
  const out: string[] = [];
  let inside = scope;
  const local = names([...scope.variables, ...scope.callables].map((known) => known.name));
  while (out.length < size - 1) {
    const statement = statementOf(inside, local, returns, size - out.length - 1);
    out.push(...statement.lines);
    inside = withVariables(inside, statement.declares);
  }
  out.push(`return ${expression(inside, returns, 2)};`);
  return out;
}

interface Statement {
  readonly lines: readonly string[];
  readonly declares: readonly Variable[];
}

function statementOf(scope: Scope, local: Names, returns: Sort, room: number): Statement {
  const { random } = scope;
  const choices: (() => Statement)[] = [() => declaration(scope, local), () => declaration(scope, local), () => unpacking(scope, local)];
  if (random.chance(0.12)) return { lines: [`// ${sentence(random)}.`], declares: [] };
  if (room >= 3)
    choices.push(
      () => guard(scope, returns),
      () => accumulation(scope, local),
    );
  if (room >= 5)
    choices.push(
      () => branch(scope),
      () => loop(scope, local, room),
    );
  if (room >= 5 && random.chance(0.3)) choices.push(() => tally(scope, local));
  if (scope.async)
    choices.push(
      () => reading(scope, local),
      () => fanOut(scope, local),
    );
  if (room >= 6)
    choices.push(
      () => attempt(scope, returns),
      () => selection(scope),
    );
  return choices[random.int(0, choices.length - 1)]?.() ?? declaration(scope, local);
}

function declaration(scope: Scope, local: Names): Statement {
  const { random } = scope;
  const used = scope.variables.flatMap(({ sort }) => entityOf(sort) ?? []);
  const sort = anySort(random, used);
  const name = local.fresh(thing(random), camel);
  const annotation = typeof sort === "string" && sort !== "table" && random.chance(0.8) ? "" : `: ${typeOf(sort)}`;
  const declares = [{ name, sort }];
  if (typeof sort === "string" || !("record" in sort) || random.chance(0.5)) {
    return { lines: [`const ${name}${annotation} = ${expression(scope, sort, 2)};`], declares };
  }
  const members = sort.record.fields.map((field) => `  ${field.name}: ${expression(scope, field.sort, 1)},`);
  return { lines: [`const ${name}${annotation} = {`, ...members, "};"], declares };
}

function unpacking(scope: Scope, local: Names): Statement {
  const { random } = scope;
  const records = scope.variables.flatMap(({ name, sort }) =>
    typeof sort !== "string" && "record" in sort ? [{ name, fields: sort.record.fields }] : [],
  );
  const source = random.any(records);
  if (source === undefined) return declaration(scope, local);
  const taken = random.sample(source.fields, random.int(1, 3)).map((field) => ({ field, name: local.fresh([field.name], camel) }));
  const pattern = taken.map(({ field, name }) => (name === field.name ? name : `${field.name}: ${name}`)).join(", ");
  return { lines: [`const { ${pattern} } = ${source.name};`], declares: taken.map(({ field, name }) => ({ name, sort: field.sort })) };
}

function guard(scope: Scope, returns: Sort): Statement {
  const { random } = scope;
  const exit = random.chance(0.4)
    ? `throw new ${random.pick(["Error", "RangeError", "TypeError"])}(${JSON.stringify(sentence(random))});`
    : `return ${expression(scope, returns, 1)};`;
  return { lines: [`if (${expression(scope, "boolean", 1)}) {`, `  ${exit}`, "}"], declares: [] };
}

function accumulation(scope: Scope, local: Names): Statement {
  const name = local.fresh(["running", noun(scope.random)], camel);
  const inside = withVariables(scope, [{ name, sort: "number" }]);
  return {
    lines: [
      `let ${name} = ${expression(scope, "number", 0)};`,
      `${name} ${scope.random.pick(["+=", "-=", "="])} ${expression(inside, "number", 1)};`,
    ],
    declares: [{ name, sort: "number" }],
  };
}

function branch(scope: Scope): Statement {
  const { random } = scope;
  const level = random.pick(["debug", "info", "warn"]);
  const note = (): string => `console.${level}(${literalString(random)}, ${expression(scope, random.pick(["string", "number"]), 1)});`;
  return { lines: [`if (${expression(scope, "boolean", 1)}) {`, `  ${note()}`, "} else {", `  ${note()}`, "}"], declares: [] };
}

function loop(scope: Scope, local: Names, room: number): Statement {
  const { random } = scope;
  const collected = local.fresh(["collected", noun(random)], camel);
  const item = local.fresh([noun(random), "entry"], camel);
  const lists = scope.variables.flatMap(({ name, sort }): Variable[] => {
    if (sort === "strings") return [{ name, sort: "string" }];
    return typeof sort !== "string" && "list" in sort ? [{ name, sort: { record: sort.list } }] : [];
  });
  const source: Variable = random.any(lists) ?? { name: expression(scope, "strings", 1), sort: "string" };
  const inside = withVariables(scope, [
    { name: item, sort: source.sort },
    { name: collected, sort: "strings" },
  ]);
  const inner = Array.from({ length: Math.min(room - 4, random.int(1, 3)) }, (_, index) => {
    if (index === 0) return `${collected}.push(${expression(inside, "string", 1)});`;
    return `if (${expression(inside, "boolean", 1)}) ${random.pick(["continue", "break"])};`;
  });
  return {
    lines: [`const ${collected}: string[] = [];`, `for (const ${item} of ${source.name}) {`, ...indent(inner.reverse()), "}"],
    declares: [{ name: collected, sort: "strings" }],
  };
}

/** Counts by a computed key, or walks over a dictionary's keys. */
function tally(scope: Scope, local: Names): Statement {
  const { random } = scope;
  const name = local.fresh([noun(random), "by", noun(random)], camel);
  const item = local.fresh(["counted", noun(random)], camel);
  const key = local.fresh(["key", noun(random)], camel);
  const lists = scope.variables.flatMap((each) =>
    typeof each.sort !== "string" && "list" in each.sort ? [{ ...each, of: each.sort.list }] : [],
  );
  const source = random.any(lists);
  const field = source?.of.fields.find((each) => each.sort === "string");
  if (source !== undefined && field !== undefined) {
    const counting = `${name}[${item}.${field.name}] = (${name}[${item}.${field.name}] ?? 0) + 1;`;
    return {
      lines: [`const ${name}: Record<string, number> = {};`, `for (const ${item} of ${source.name}) {`, `  ${counting}`, "}"],
      declares: [],
    };
  }
  const table = random.any(scope.variables.filter((each) => each.sort === "table"));
  if (table === undefined) return declaration(scope, local);
  const copying = `${name}[${key}] = ${table.name}[${key}] ?? ${expression(scope, "string", 1)};`;
  const lines = [`const ${name}: Record<string, string> = {};`, `for (const ${key} of Object.keys(${table.name})) {`, `  ${copying}`, "}"];
  return { lines, declares: [{ name, sort: "table" }] };
}

/** Reads a file: as text, or as a record in JSON. */
function reading(scope: Scope, local: Names): Statement {
  const { random } = scope;
  const name = local.fresh([noun(random), "text"], camel);
  const place = random.chance(0.5) ? `join(${expression(scope, "string", 1)}, ${literalString(random)})` : expression(scope, "string", 1);
  const read = `const ${name} = await readFile(${place}, "utf8");`;
  const known = random.any(scope.variables.flatMap(({ sort }) => entityOf(sort) ?? []));
  if (known === undefined || random.chance(0.4)) return { lines: [read], declares: [{ name, sort: "string" }] };
  const parsed = local.fresh(["stored", noun(random)], camel);
  return {
    lines: [read, `const ${parsed} = JSON.parse(${name}) as ${known.name};`],
    declares: [{ name: parsed, sort: { record: known } }],
  };
}

/** Does something for all of a list at once. */
function fanOut(scope: Scope, local: Names): Statement {
  const { random } = scope;
  const name = local.fresh(["all", noun(random)], camel);
  const item = local.fresh(["each", noun(random)], camel);
  const inside = withVariables(scope, [{ name: item, sort: "string" }]);
  const list = expression(scope, "strings", 1);
  return {
    lines: [`const ${name} = await Promise.all((${list}).map(async (${item}) => ${expression(inside, "string", 2)}));`],
    declares: [{ name, sort: "strings" }],
  };
}

function attempt(scope: Scope, returns: Sort): Statement {
  const { random } = scope;
  return {
    lines: [
      "try {",
      `  if (${expression(scope, "boolean", 1)}) return ${expression(scope, returns, 1)};`,
      "} catch (error) {",
      `  console.error(${literalString(random)}, error);`,
      `  throw new Error(${JSON.stringify(sentence(random))}, { cause: error });`,
      "}",
    ],
    declares: [],
  };
}

function selection(scope: Scope): Statement {
  const { random } = scope;
  const labels = random.sample([...new Set(Array.from({ length: 4 }, () => literalString(random)))], random.int(1, 2));
  return {
    lines: [
      `switch (${expression(scope, "string", 1)}) {`,
      ...labels.flatMap((label) => [`  case ${label}:`, `    console.info(${expression(scope, "string", 1)});`, "    break;"]),
      "  default:",
      "    break;",
      "}",
    ],
    declares: [],
  };
}

function docComment(random: Random, parameters: readonly Variable[]): string[] {
  if (random.chance(0.6)) return [`/** ${sentence(random)}. */`];
  return [
    "/**",
    ` * ${sentence(random)}.`,
    " *",
    ...parameters.map(({ name }) => ` * @param ${name} ${sentence(random).toLowerCase()}`),
    " */",
  ];
}

/** An interface as text. */
export function interfaceOf({ name, fields }: Entity): string[] {
  return [`export interface ${name} {`, ...fields.map((field) => `  ${field.name}: ${typeOf(field.sort)};`), "}"];
}

export function indent(lines: readonly string[]): string[] {
  return lines.map((line) => (line === "" ? line : `  ${line}`));
}

/** A name for a thing, as a type is named. */
export function typeName(random: Random, module: Names): string {
  return module.fresh(thing(random), pascal);
}
