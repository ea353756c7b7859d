import fc from "fast-check";
import type { Files } from "../workspace/memory.js";

/** Code that is a text, however it spells it. */
export interface Spelled {
  readonly expression: string;
  /** Declarations before it. */
  readonly before: string;
  /** Modules beside it, by path relative to its own folder without extension. */
  readonly modules: Files;
}

/** What an import is made of. */
export interface Rewrite {
  /** The texts that the specifier can be. */
  readonly specifiers: readonly string[];
  readonly text: string;
  readonly modules: Files;
}

const quoted = (text: string): string => JSON.stringify(text);
const plain = (text: string): fc.Arbitrary<Spelled> =>
  fc.constantFrom(quoted(text), `'${text}'`, `\`${text}\``, `(${quoted(text)})`, `${quoted(text)} as const`, `String(${quoted(text)})`).map((expression) => ({
    expression: `(${expression})`,
    before: "",
    modules: {},
  }));

/** Two spellings as one: their declarations and modules together. */
function both(a: Spelled, b: Spelled, expression: string, before = ""): Spelled {
  return { expression, before: `${a.before}${b.before}${before}`, modules: { ...a.modules, ...b.modules } };
}

/**
 * Ways to spell a text, nested up to a depth.
 *
 * @param name what new names are called; longer inside, so that none is declared twice
 */
export function spelled(text: string, depth: number, name = "n"): fc.Arbitrary<Spelled> {
  if (depth === 0) return plain(text);
  const inner = spelled(text, depth - 1, `${name}0`);
  const halves = fc
    .integer({ min: 0, max: text.length })
    .chain((cut) => fc.tuple(spelled(text.slice(0, cut), depth - 1, `${name}1`), spelled(text.slice(cut), depth - 1, `${name}2`)));
  const declared = (write: (value: string) => readonly [before: string, expression: string]): fc.Arbitrary<Spelled> =>
    inner.map((value) => {
      const [before, expression] = write(value.expression);
      return { ...value, before: `${value.before}${before}\n`, expression };
    });
  return fc.oneof(
    plain(text),
    halves.map(([a, b]) => both(a, b, `(${a.expression} + ${b.expression})`)),
    halves.map(([a, b]) => both(a, b, `\`\${${a.expression}}\${${b.expression}}\``)),
    halves.map(([a, b]) => both(a, b, `[${a.expression}, ${b.expression}].join("")`)),
    halves.map(([a, b]) => both(a, b, `${a.expression}.concat(${b.expression})`)),
    inner.map((value) => ({ ...value, expression: `("~" + ${value.expression}).slice(1)` })),
    inner.map((value) => ({ ...value, expression: `(${value.expression} + "~").replace("~", "")` })),
    inner.map((value) => ({ ...value, expression: `((text: string) => text)(${value.expression})` })),
    inner.map((value) => ({ ...value, expression: `({ key: ${value.expression} }).key` })),
    declared((value) => [`const ${name} = ${value};`, name]),
    declared((value) => [`const ${name} = { deep: { key: ${value} } } as const;`, `${name}.deep["key"]`]),
    declared((value) => [`const { key: ${name} = "./none" } = { key: ${value} };`, name]),
    declared((value) => [`const [, ${name}] = ["./none", ${value}];`, name]),
    declared((value) => [`function ${name}(end = ""): string { return ${value} + end; }`, `${name}()`]),
    declared((value) => [`let ${name}: string;\n${name} = ${value};`, name]),
    declared((value) => [`class ${name} { static readonly key = ${value}; }`, `${name}.key`]),
    fc.constant({ expression: `${name}.Key`, before: `enum ${name} { Key = ${quoted(text)} }\n`, modules: {} }),
    fc.tuple(plain(text), fc.boolean()).map(([value, again]) => ({
      expression: `${name}.value`,
      before: `import * as ${name} from "./${again ? `${name}-barrel` : name}";\n`,
      modules: { [name]: `export const value = ${value.expression};`, ...(again && { [`${name}-barrel`]: `export * from "./${name}";` }) },
    })),
  );
}

/** Ways to load a module by an expression. */
const loaders: readonly ((expression: string) => readonly [before: string, code: string])[] = [
  (to) => ["", `export const loaded = import(${to});`],
  (to) => ["", `export async function load() { const { made } = await import(${to}); return made; }`],
  (to) => ["", `export const loaded = require(${to});`],
  (to) => ["", `export const loaded = import.meta.resolve(${to});`],
  (to) => ['import { createRequire } from "node:module";\n', `export const loaded = createRequire(import.meta.url)(${to});`],
  (to) => ['import { createRequire as make } from "node:module";\nconst load = make(import.meta.url);\n', `export const loaded = load(${to});`],
];

/** Imports of one of some specifiers, or of either of two. */
export function rewritten(specifiers: readonly string[]): fc.Arbitrary<Rewrite> {
  const one = fc.constantFrom(...specifiers);
  const alone = one.chain((text) => spelled(text, 3).map((value) => ({ value, specifiers: [text] })));
  const choice = fc
    .tuple(one, one)
    .chain(([a, b]) => fc.tuple(spelled(a, 1, "a"), spelled(b, 1, "b")).map(([x, y]) => ({ value: both(x, y, `(process.argv.length > 2 ? ${x.expression} : ${y.expression})`), specifiers: [a, b] })));
  return fc.tuple(fc.oneof({ weight: 4, arbitrary: alone }, { weight: 1, arbitrary: choice }), fc.constantFrom(...loaders)).map(([{ value, specifiers: texts }, load]) => {
    const [before, code] = load(value.expression);
    return { specifiers: texts, text: `${before}${value.before}${code}\n`, modules: value.modules };
  });
}

/** The same path spelled in other ways. */
export function detours(path: string): readonly string[] {
  const [first = "", ...rest] = path.split("/");
  return [path, `${path}.js`, `${path}.ts`, `./${path}`, `./x/../${path}`, [first, ".", ...rest].join("/"), `${path}?raw`];
}
