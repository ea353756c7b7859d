import type { Expression } from "../../facts/expression.js";
import type { Located } from "../workspace.js";
import { part, type End, type Ground, type Sight, type Sighting } from "./sight.js";

/** A piece of a text: what is spelled in one place, or something that is not known before the program runs. */
export interface Piece {
  /** Absent for a hole. */
  readonly text?: string;
  readonly at: Located;
  /** The call that gave it to the code that uses it, where it came through a parameter. */
  readonly caller?: Located;
}

export type Text = readonly Piece[];

const MAX_TEXTS = 64;
const MAX_DEPTH = 12;
/** Methods that change nothing about where an address leads. */
const TRIMS: ReadonlySet<string> = new Set(["trim", "trimEnd", "trimStart", "toString", "replace", "replaceAll", "normalize", "valueOf"]);
const PLAIN: ReadonlySet<string> = new Set(["String", "encodeURI", "Object"]);

/** Everything that an expression can read as, holes where it is not known. */
export class Texts {
  readonly #ground: Ground;
  readonly #sighting: Sighting;

  constructor(ground: Ground, sighting: Sighting) {
    this.#ground = ground;
    this.#sighting = sighting;
  }

  of(at: Sight, depth = 0): readonly Text[] {
    if (depth > MAX_DEPTH) return [[hole(at)]];
    return this.#sighting.ends(at).slice(0, MAX_TEXTS).flatMap((end) => this.#ofEnd(end, depth)).slice(0, MAX_TEXTS);
  }

  #ofEnd(end: End, depth: number): readonly Text[] {
    const { expression: node } = end;
    const into = (expression: Expression): readonly Text[] => this.of(part(end, expression), depth + 1);
    if (end.external !== undefined) return [[hole(end)]];
    switch (node.kind) {
      case "string":
      case "number":
        return [[{ ...hole(end), text: String(node.value) }]];
      case "template":
        return product(node.parts.map((one) => (typeof one === "string" ? [[{ ...hole(end), text: one }]] : into(one))));
      case "binary":
        return node.operator === "+" ? product([into(node.left), into(node.right)]) : [[hole(end)]];
      case "new":
        return isNamed(node.callee, "URL") ? this.#url(end, node.arguments.map(({ value }) => value), depth) : isNamed(node.callee, "Request") ? (node.arguments[0] === undefined ? [[hole(end)]] : into(node.arguments[0].value)) : [[hole(end)]];
      case "member":
        return node.key.kind === "string" && (node.key.value === "href" || node.key.value === "url") && this.#isMade(end, node.object) ? into(node.object) : this.#constants(end);
      case "call":
        return this.#call(end, node, depth);
      default:
        return this.#constants(end);
    }
  }

  /** `new URL(path, base)`: a path from the root replaces that of the base. */
  #url(end: End, [path, base]: readonly Expression[], depth: number): readonly Text[] {
    if (path === undefined) return [[hole(end)]];
    const paths = this.of(part(end, path), depth + 1);
    if (base === undefined) return paths;
    const bases = this.of(part(end, base), depth + 1);
    return product([bases.map((text) => originOf(text)), paths.map((text): Text => (startsWithSlash(text) || isWhole(text) ? text : [{ ...hole(end), text: "/" }, ...text]))])
      .map((text) => (paths.some(isWhole) ? text.filter((_, at) => at > 0) : text));
  }

  #isMade(end: End, object: Expression): boolean {
    return this.#sighting.ends(part(end, object)).some(({ expression }) => expression.kind === "new" && (isNamed(expression.callee, "URL") || isNamed(expression.callee, "Request")));
  }

  #call(end: End, node: Extract<Expression, { kind: "call" }>, depth: number): readonly Text[] {
    const { callee } = node;
    const [first] = node.arguments;
    if (callee.kind === "global" && PLAIN.has(callee.name) && first !== undefined) return this.of(part(end, first.value), depth + 1);
    const known = this.#constants(end);
    if (known.some((text) => text.some(({ text: spelled }) => spelled !== undefined))) return known;
    if (callee.kind !== "member" || callee.key.kind !== "string") return known;
    const receiver = part(end, callee.object);
    if (callee.key.value === "get") return [...this.#entries(receiver, depth), ...known];
    if (TRIMS.has(callee.key.value)) return this.of(receiver, depth + 1);
    if (callee.key.value === "concat") return product([this.of(receiver, depth + 1), ...node.arguments.map(({ value }) => this.of(part(end, value), depth + 1))]);
    if (callee.key.value === "join") return this.#joined(receiver, first === undefined ? "," : this.#only(part(end, first.value), depth), depth);
    return known;
  }

  /** The texts that a `Map` is made with. */
  #entries(map: Sight, depth: number): readonly Text[] {
    return this.#sighting.ends(map).flatMap(({ expression, ...end }): readonly Text[] => {
      if (expression.kind !== "new" || !isNamed(expression.callee, "Map")) return [];
      const [list] = expression.arguments;
      const rows = list === undefined ? [] : this.#sighting.ends(part({ ...end, expression }, list.value));
      return rows.flatMap((row) => {
        const entries = row.expression.kind === "array" ? row.expression.items : [];
        return entries.flatMap(({ value }) => (value.kind === "array" && value.items[1] !== undefined ? this.of(part(row, value.items[1].value), depth + 1) : []));
      });
    });
  }

  #joined(list: Sight, separator: string | undefined, depth: number): readonly Text[] {
    return this.#sighting.ends(list).flatMap((end): readonly Text[] => {
      if (end.expression.kind !== "array") return [[hole(end)]];
      const glue: readonly Text[] = [[{ ...hole(end), ...(separator !== undefined && { text: separator }) }]];
      return product(end.expression.items.flatMap(({ value }, at) => [...(at === 0 ? [] : [glue]), this.of(part(end, value), depth + 1)]));
    });
  }

  #only(at: Sight, depth: number): string | undefined {
    const [text, other] = this.of(at, depth + 1);
    return text !== undefined && other === undefined && text.every((piece) => piece.text !== undefined) ? text.map((piece) => piece.text).join("") : undefined;
  }

  /** What the evaluator makes of it. */
  #constants(end: End): readonly Text[] {
    if (end.expression.kind === "function" || end.expression.kind === "object") return [[hole(end)]];
    const value = this.#ground.glance({ file: end.file, expression: end.expression });
    const constants = value.kind === "known" ? value.values : value.partial;
    const texts = constants.flatMap((constant): readonly Text[] => (constant.kind === "primitive" && typeof constant.value === "string" ? [[{ ...hole(end), text: constant.value }]] : []));
    return value.kind === "known" && texts.length > 0 ? texts : [...texts, [hole(end)]];
  }
}

function hole({ file, expression, caller }: Sight): Piece {
  return { at: { file, expression }, ...(caller !== undefined && { caller }) };
}

function product(parts: readonly (readonly Text[])[]): readonly Text[] {
  let rows: readonly Text[] = [[]];
  for (const options of parts) rows = rows.flatMap((row) => options.map((option) => [...row, ...option])).slice(0, MAX_TEXTS);
  return rows;
}

function startsWithSlash([first]: Text): boolean {
  return first?.text?.startsWith("/") === true;
}

/** Whether a text has its own scheme and host. */
function isWhole([first]: Text): boolean {
  return first?.text !== undefined && /^[a-z][\w+.-]*:\/\//u.test(first.text);
}

/** The text of a base up to its path; a hole where that is not known. */
function originOf(text: Text): Text {
  const [first] = text;
  if (first === undefined) return text;
  const [origin] = first.text === undefined ? [] : (/^[a-z][\w+.-]*:\/\/[^/]*/u.exec(first.text) ?? []);
  const { text: _, ...place } = first;
  return [origin === undefined ? place : { ...place, text: origin }];
}

function isNamed(callee: Expression, name: string): boolean {
  return (callee.kind === "global" && callee.name === name) || (callee.kind === "member" && callee.key.kind === "string" && callee.key.value === name);
}
