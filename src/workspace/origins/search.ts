import type { Expression } from "../../facts/expression.js";
import { Table, type Effort } from "../table.js";
import type { Types } from "../types.js";
import { inside, type Evaluation } from "../values/evaluation.js";
import type { Located } from "../workspace.js";
import { cheaply, textsOf, type OriginAsk, type Origins } from "./ask.js";
import { ofCall, ofNew } from "./calls.js";
import { ofElement } from "./elements.js";
import { after, distinct, found, mapTypes, typed, unknown } from "./found.js";
import { mergedInto, ofMember } from "./members.js";
import { ofModule, ofReference } from "./names.js";
import { ofParameter } from "./parameters.js";

/** More origins than this are no answer. */
const MAX_ORIGINS = 300;

/** Follows values backwards to everything they derive from. */
export class OriginSearch implements OriginAsk {
  readonly ev: Evaluation;
  readonly types: Types;
  readonly calls: number;
  readonly #answers: Table<Origins>;
  readonly #reads = new WeakMap<Expression, Map<string, Expression>>();

  /** @param calls how many calls in a row are told apart; further in, a function is taken as it is called from everywhere */
  constructor(ev: Evaluation, types: Types, effort: Effort, calls: number) {
    this.ev = ev;
    this.types = types;
    this.calls = calls;
    this.#answers = new Table(effort);
  }

  find(at: Located): Origins {
    // What was made on the way derives from what its making expression derives from.
    const place: Located = at.frame?.kind === "pinned" ? { file: at.file, expression: at.expression } : at;
    return this.once(place.expression, place.frame, () => this.#search(place, place.expression));
  }

  once(subject: object, circumstance: unknown, ask: () => Origins): Origins {
    return this.#answers.ask(subject, circumstance, true, () => distinct(ask()).slice(0, MAX_ORIGINS), () => []);
  }

  read(expression: Expression, key: string): Expression {
    const reads = this.#reads.get(expression) ?? new Map<string, Expression>();
    this.#reads.set(expression, reads);
    const { span } = expression;
    const read = reads.get(key) ?? { kind: "member", object: expression, key: { kind: "string", value: key, span }, keySpan: span, computed: false, optional: false, span };
    reads.set(key, read);
    return read;
  }

  #search(at: Located, node: Expression): Origins {
    const of = (expression: Expression): Origins => this.find(inside(at, expression));
    switch (node.kind) {
      case "string":
      case "number":
      case "boolean":
      case "nothing":
      case "regex":
      case "function":
      case "class":
      case "unary":
      case "import-meta":
      case "jsx":
        return [found(at, { kind: "literal" })];
      case "template": {
        const made = found(at, node.tag === undefined ? { kind: "literal" } : { kind: "call", callee: inside(at, node.tag) });
        return [made, ...node.parts.flatMap((part) => (typeof part === "string" ? [] : of(part)))];
      }
      case "object":
        return [found(at, { kind: "literal" }), ...node.entries.flatMap((entry) => (entry.kind === "spread" ? of(entry.value) : [])), ...mergedInto(this, at)];
      case "array":
        return [found(at, { kind: "literal" }), ...node.items.flatMap((item) => (item.spread ? of(item.value) : []))];
      case "binary":
        return node.operator === "+" ? [found(at, { kind: "literal" }), ...of(node.left), ...of(node.right)] : [found(at, { kind: "literal" })];
      case "reference":
        return after(at, `\`${node.name}\``, ofReference(this, at, node));
      case "parameter":
        return ofParameter(this, at, node);
      case "member":
        return ofMember(this, at, node);
      case "call":
        return ofCall(this, at, node);
      case "new":
        return ofNew(this, at, node);
      case "import":
        return ofModule(this, at, textsOf(this, inside(at, node.specifier)));
      case "conditional":
        return [...of(node.then), ...of(node.else)];
      case "logical":
        // The left of `&&` is the value only where it is falsy, which no literal that matters is.
        return node.operator === "&&" ? [...of(node.right), ...of(node.left).filter((origin) => origin.kind !== "literal")] : [...of(node.left), ...of(node.right)];
      case "default":
        return [...of(node.operand), ...of(node.fallback)];
      case "sequence":
        return node.items.slice(-1).flatMap(of);
      case "assign":
        return node.operator === "=" ? of(node.value) : [...of(node.target), ...of(node.value)];
      case "await":
        return mapTypes(of(node.operand), (type) => this.types.awaitedTypes(type));
      case "typed":
        return [...(node.type === undefined ? [] : typed(at, [{ file: at.file, type: node.type }])), ...of(node.operand)];
      case "element":
        return ofElement(this, of(node.of), node.index);
      case "key-of":
      case "rest":
        return of(node.of);
      case "yield":
        return [unknown(at, "what a generator receives is not known")];
      case "this":
        return this.#self(at);
      case "global":
        return [unknown(at, `\`${node.name}\` is a global`)];
      case "opaque":
        return [unknown(at, `${node.what} cannot be followed`), ...node.operands.flatMap(of)];
    }
  }

  #self(at: Located): Origins {
    for (const { form } of cheaply(this, at).values) {
      const made = form.kind === "instance" ? form.of : form.kind === "class" ? form : undefined;
      const expression = made === undefined ? undefined : this.ev.index(made.file)?.classExpression(made.fact);
      if (made !== undefined && expression !== undefined) return [found({ file: made.file, expression }, { kind: "literal" })];
    }
    const index = this.ev.index(at.file);
    const [owner] = index?.occurrences(at.expression).map((place) => index.ownerOfThis(place)) ?? [];
    return owner?.kind === "object" ? this.find({ file: at.file, expression: owner.literal }) : [unknown(at, "what `this` is is not known")];
  }
}
