import type { ClassFact, Expression } from "../../facts/expression.js";
import type { JsonNode } from "../../facts/facts.js";
import type { Path } from "../../files/path.js";
import type { Code } from "../code.js";
import type { ExportedQuestion } from "../exported.js";
import { follow } from "../follow.js";
import { classKey, type ModuleIndex } from "../module-index.js";
import { Table, type Effort } from "../table.js";
import type { Uses } from "../uses.js";
import type { Exported, Located } from "../workspace.js";
import { arrayValue, elementValue, keyOfValue, restValue } from "./arrays.js";
import { globalValue } from "./builtins.js";
import { applied, callValue, constructed, withLaterWrites } from "./calls.js";
import { inside, type Evaluation } from "./evaluation.js";
import type { ClassForm, ClosureForm, Items, Shape } from "./form.js";
import { callFrame, type CallFrame, type FrameArgument } from "./frame.js";
import { jsonExpression } from "./json.js";
import { memberValue, propertyOf } from "./members.js";
import { assignedValue, moduleValue, referenceValue } from "./names.js";
import { objectLiteral } from "./objects.js";
import { binary, concatenated, defaulted, logical, truthOfAll, unary } from "./operators.js";
import { blocked, constant, each, NEVER, isDead, only, open, union, type Gap, type Outcome, type Possible } from "./outcome.js";
import { parameterValue, selfValue } from "./parameters.js";
import { awaited, promiseOf } from "./promises.js";
import { isShortCircuit } from "./reaching.js";
import { returnedBy } from "./returns.js";

/** Kinds whose value is the union of the values of their parts. */
const PASSES: ReadonlySet<Expression["kind"]> = new Set(["reference", "parameter", "typed", "conditional", "logical", "default", "sequence", "await"]);

/** What finding out whether a branch is taken may cost. */
const TEST_COST = 400;

function passes(node: Expression): boolean {
  return node.kind === "assign" ? node.operator === "=" || isShortCircuit(node.operator) : PASSES.has(node.kind);
}

/**
 * Evaluates expressions over the facts of all modules, each to the set of what it can be.
 *
 * @remarks Lazy: members of objects and elements of arrays are evaluated when they are read. Answers are kept per expression and frame for
 * the life of the evaluator; a changed body, resolution or set of files asks for a new one.
 */
export class Evaluator implements Evaluation {
  readonly code: Code;
  readonly effort: Effort;
  readonly exported: (file: Path, name: string) => Exported;
  readonly index: (file: Path) => ModuleIndex | undefined;
  readonly shapes: Table<Shape>;
  readonly lists: Table<Items>;
  readonly #answers: Table<Outcome>;
  readonly #uses: Table<Uses>;
  readonly #deadEnds: Table<Gap | undefined>;
  readonly #classes = new Map<string, ClassForm>();
  readonly #trees = new WeakMap<JsonNode, Expression>();
  /** One frame for each call in its circumstances, so that answers in it are found again. */
  readonly #entered = new Map<string, CallFrame>();
  readonly #ids = new WeakMap<object, number>();
  #lastId = 0;

  constructor(code: Code, exported: ExportedQuestion, index: (file: Path) => ModuleIndex | undefined, effort: Effort) {
    this.code = code;
    this.effort = effort;
    this.exported = exported;
    this.index = index;
    this.#answers = new Table(effort);
    this.shapes = new Table(effort);
    this.lists = new Table(effort);
    this.#uses = new Table(effort);
    this.#deadEnds = new Table(effort);
  }

  evaluate(at: Located): Outcome {
    const { expression, frame } = at;
    if (frame?.kind === "pinned") return frame.read();
    if (expression.kind === "string" || expression.kind === "number" || expression.kind === "boolean") return constant(expression.value);
    return this.#answers.ask(
      expression,
      frame,
      passes(expression),
      () => this.#find(at, expression),
      (harmless) => (harmless ? NEVER : open(at, "it depends on itself")),
    );
  }

  test(at: Located): Outcome {
    return this.effort.attempt(TEST_COST, () => this.evaluate(at), () => open(at, "finding out what it is takes too long"));
  }

  member(at: Located, of: Possible, key: string): Outcome {
    return propertyOf(this, at, of, key);
  }

  apply(at: Located, fn: Possible, passed: readonly FrameArgument[], self?: Located): Outcome {
    return applied(this, at, fn, passed, self);
  }

  enter(at: Located, fn: Pick<ClosureForm, "file" | "function" | "outer">, passed: readonly FrameArgument[], self?: Located): CallFrame {
    const place = [at.expression, at.frame, fn.outer, self?.expression, self?.frame, ...passed.flatMap((argument) => [argument.at.expression, argument.at.frame])];
    const key = `${fn.file} ${fn.function} ${place.map((part) => this.#idOf(part)).join(" ")}`;
    const known = this.#entered.get(key);
    if (known !== undefined) return known;
    const frame: CallFrame = {
      kind: "call",
      serial: this.#entered.size,
      file: fn.file,
      function: fn.function,
      arguments: passed,
      ...(self !== undefined && { self }),
      ...(fn.outer !== undefined && { outer: fn.outer }),
      depth: (callFrame(at)?.depth ?? 0) + 1,
      at,
    };
    this.#entered.set(key, frame);
    return frame;
  }

  #idOf(part: object | undefined): number {
    if (part === undefined) return 0;
    const id = this.#ids.get(part) ?? (this.#lastId += 1);
    this.#ids.set(part, id);
    return id;
  }

  usesOf(at: Located): Uses {
    const circle = (): Uses => ({ invocations: [], callbacks: [], writes: [], subclasses: [], escape: { at, reason: "where it goes depends on itself" }, doubt: { at, reason: "where it goes depends on itself" } });
    return this.#uses.ask(at.expression, undefined, false, () => follow(this, { file: at.file, expression: at.expression }), circle);
  }

  classForm(file: Path, fact: ClassFact, outer: CallFrame | undefined): ClassForm {
    const key = `${file} ${classKey(fact)} ${outer?.serial ?? ""}`;
    const form = this.#classes.get(key) ?? { kind: "class", file, fact, outer };
    this.#classes.set(key, form);
    return form;
  }

  deadEnd(fn: ClosureForm): Gap | undefined {
    const [site] = this.index(fn.file)?.functionSites(fn.function) ?? [];
    if (site === undefined) return undefined;
    const at: Located = { file: fn.file, expression: site.node };
    const find = (): Gap | undefined => {
      const outcome = returnedBy(this, at, { ...this.enter(at, fn, []), isOpen: true });
      return isDead(outcome) ? outcome.gap : undefined;
    };
    return this.#deadEnds.ask(site.node, fn.outer, false, find, () => undefined);
  }

  lazily(at: Located, read: () => Outcome): Located {
    const subject = {};
    const circle = (harmless: boolean): Outcome => (harmless ? NEVER : open(at, "it depends on itself"));
    return { file: at.file, expression: at.expression, frame: { kind: "pinned", read: () => this.#answers.ask(subject, undefined, false, read, circle) } };
  }

  json(root: JsonNode): Expression {
    const expression = this.#trees.get(root) ?? jsonExpression(root);
    this.#trees.set(root, expression);
    return expression;
  }

  #find(at: Located, node: Expression): Outcome {
    const part = (expression: Expression): Outcome => this.evaluate(inside(at, expression));
    switch (node.kind) {
      case "string":
      case "number":
      case "boolean":
        return constant(node.value);
      case "nothing":
        return constant(node.value === "null" ? null : undefined);
      case "regex":
        return only({ kind: "regex", pattern: node.pattern, flags: node.flags });
      case "template":
        return node.tag === undefined ? concatenated(this, at, node.parts.map((piece) => (typeof piece === "string" ? constant(piece) : part(piece)))) : blocked(at, "a template tag makes it");
      case "reference":
        return referenceValue(this, at, node);
      case "global":
        return globalValue(at, node.name);
      case "this":
        return selfValue(this, at);
      case "member":
        return memberValue(this, at, node);
      case "call":
        return withLaterWrites(this, at, callValue(this, at, node));
      case "new":
        return constructed(this, at, node);
      case "import":
        return this.#loaded(at, part(node.specifier));
      case "object":
        return only(objectLiteral(this, at, node));
      case "array":
        return arrayValue(this, at, node);
      case "function":
        return only({ kind: "closure", file: at.file, function: node.function, outer: callFrame(at) });
      case "class":
        return only(this.classForm(at.file, node.class, callFrame(at)));
      case "conditional": {
        const truth = truthOfAll(this.test(inside(at, node.test)));
        if (truth !== undefined) return part(truth ? node.then : node.else);
        return union(at, [part(node.then), part(node.else)]);
      }
      case "logical":
        return logical(at, node.operator, part(node.left), () => part(node.right));
      case "binary":
        return binary(this, at, node.operator, part(node.left), part(node.right));
      case "unary":
        return unary(at, node.operator, part(node.operand));
      case "assign":
        return assignedValue(this, at, node);
      case "sequence": {
        const last = node.items.at(-1);
        return last === undefined ? constant(undefined) : part(last);
      }
      case "await":
        return each(at, part(node.operand), (possible) => awaited(this, at, possible));
      case "typed":
        return part(node.operand);
      case "element":
        return elementValue(this, at, node);
      case "key-of":
        return keyOfValue(this, at, node);
      case "rest":
        return withLaterWrites(this, at, restValue(this, at, node));
      case "default":
        return defaulted(at, part(node.operand), () => part(node.fallback));
      case "parameter":
        return parameterValue(this, at, node);
      case "import-meta":
        return blocked(at, "`import.meta` is known only when it runs");
      case "yield":
        return blocked(at, "what a generator receives is not known");
      case "jsx":
        return blocked(at, "an element is no constant");
      case "opaque":
        return blocked(at, `${node.what} is not evaluated`);
    }
  }

  #loaded(at: Located, specifier: Outcome): Outcome {
    return each(at, specifier, ({ form }) => {
      if (form.kind !== "primitive" || typeof form.value !== "string") return blocked(at, "the module it loads is not known");
      const { value } = form;
      return only(promiseOf(this, at, () => moduleValue(this, at, value, "*")));
    });
  }
}
