import type { Callable, Entity, Scope, Sort, Variable } from "./expressions.js";
import type { Random } from "./random.js";
import type { Names } from "./statements.js";

/** What a module offers to those that import it. */
export type Offer =
  | { readonly kind: "function"; readonly name: string; readonly callable: Callable }
  | { readonly kind: "type"; readonly name: string; readonly entity: Entity }
  | { readonly kind: "schema"; readonly name: string; readonly entity: Entity }
  | { readonly kind: "component"; readonly name: string; readonly entity: Entity }
  | { readonly kind: "constant"; readonly name: string; readonly sort: Sort }
  | { readonly kind: "class" | "value" | "procedure"; readonly name: string };

/** One offer of another module, with the specifier that leads there from here. */
export interface Import {
  readonly from: string;
  readonly offer: Offer;
}

/** What a module is written from. */
export interface Brief {
  readonly random: Random;
  /** Lines to aim at. */
  readonly size: number;
  /** Names that the project's barrel already exports: every export is new among them. */
  readonly names: Names;
  readonly imports: readonly Import[];
  /** Kebab-case name of the project, for ids and events. */
  readonly project: string;
}

export interface Module {
  readonly text: string;
  readonly offers: readonly Offer[];
}

/** What generated code calls of Node's own modules. */
const BUILTINS: ReadonlyMap<string, readonly string[]> = new Map([
  ["node:fs/promises", ["readFile"]],
  ["node:path", ["join"]],
]);

/** The module text: imports grouped by where they come from, then the lines. */
export function file(brief: Brief, lines: readonly string[], heads: readonly string[] = []): string {
  const groups = new Map<string, Offer[]>();
  const code = lines.join("\n");
  for (const { from, offer } of brief.imports) {
    if (isSpelt(code, offer.name)) groups.set(from, [...(groups.get(from) ?? []), offer]);
  }
  const imports = [...groups].map(([from, offers]) => {
    const unique = [...new Map(offers.map((offer) => [offer.name, offer])).values()];
    if (unique.every((offer) => offer.kind === "type"))
      return `import type { ${unique.map((offer) => offer.name).join(", ")} } from "${from}";`;
    return `import { ${unique.map((offer) => (offer.kind === "type" ? `type ${offer.name}` : offer.name)).join(", ")} } from "${from}";`;
  });
  const builtins = [...BUILTINS].flatMap(([from, names]) => {
    const called = names.filter((name) => new RegExp(`(?<![.\\w])${name}\\(`, "u").test(code));
    return called.length === 0 ? [] : [`import { ${called.join(", ")} } from "${from}";`];
  });
  return `${[...builtins, ...heads, ...imports, "", code.trim()].join("\n").trim()}\n`;
}

function isSpelt(code: string, name: string): boolean {
  return new RegExp(`\\b${name}\\b`, "u").test(code);
}

export function scopeOf(brief: Brief, variables: readonly Variable[], async = false): Scope {
  const constants = brief.imports.flatMap(({ offer }): Variable[] => (offer.kind === "constant" ? [offer] : []));
  return { random: brief.random, variables: [...variables, ...constants], callables: callablesOf(brief.imports), async };
}

export function callablesOf(imports: readonly Import[]): Callable[] {
  return imports.flatMap(({ offer }) => (offer.kind === "function" ? [offer.callable] : []));
}

export function entitiesOf(imports: readonly Import[]): Entity[] {
  return imports.flatMap(({ offer }) => (offer.kind === "type" ? [offer.entity] : []));
}
