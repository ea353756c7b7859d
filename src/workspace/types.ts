import type { ClassFact, Expression, TypeExpression } from "../facts/expression.js";
import type { Path } from "../files/path.js";
import { schemaMembers } from "./schemas.js";
import type { Effort } from "./table.js";
import type { Evaluation } from "./values/evaluation.js";
import { orderedKeys } from "./values/objects.js";
import type { Located, LocatedType } from "./workspace.js";

/** Answers which members declared types have. */
export type MembersQuestion = (type: LocatedType) => readonly string[];

/** Standard wrappers that have the members of their first argument. */
const SAME_MEMBERS: ReadonlySet<string> = new Set(["Readonly", "Partial", "Required", "NonNullable", "Exclude", "Extract", "NoInfer", "Mutable", "DeepPartial", "DeepReadonly", "Simplify"]);
/** Standard types of things to iterate; the element is the last argument of those with keys, else the first. */
const LISTS: ReadonlySet<string> = new Set([
  "Array", "ReadonlyArray", "Set", "ReadonlySet", "Iterable", "Iterator", "IterableIterator", "IteratorObject", "AsyncIterable", "AsyncIterator", "AsyncIterableIterator", "Generator", "AsyncGenerator",
]);
const PROMISES: ReadonlySet<string> = new Set(["Promise", "PromiseLike", "Awaited"]);
/** Types of what a schema accepts, given `typeof` the schema. */
const INFERRED = /(?:^|\.)(?:infer|input|output|TypeOf|Static|StaticDecode|StaticEncode|Infer|InferInput|InferOutput|InferType)$/u;

/** How many aliases, wrappers and parents are looked through. */
const REACH = 24;

/** Looks through the type expressions that a program declares: no checker, only what is written. */
export class Types {
  readonly #ev: Evaluation;

  constructor(ev: Evaluation) {
    this.#ev = ev;
  }

  /** Names of a type's members, in order; a union has those of all its parts. */
  membersOf(type: LocatedType): readonly string[] {
    const names = new Set<string>();
    for (const part of this.#structure(type)) for (const name of this.#ownMembers(part)) names.add(name);
    return [...names];
  }

  /** The declared types of a member. */
  memberTypes(type: LocatedType, key: string): readonly LocatedType[] {
    return [...this.#structure(type)].flatMap((part) => this.#ownMemberTypes(part, key));
  }

  /** The declared types of the elements of what is iterated. */
  elementTypes(type: LocatedType): readonly LocatedType[] {
    return [...this.#structure(type)].flatMap(({ file, type: part }): LocatedType[] => {
      if (part.kind === "array") return [{ file, type: part.element }];
      if (part.kind === "tuple") return part.elements.map((element) => ({ file, type: element }));
      if (part.kind !== "named") return [];
      if (LISTS.has(part.name)) return part.arguments.slice(0, 1).map((argument) => ({ file, type: argument }));
      if (/^(?:Readonly)?Map$/u.test(part.name)) return [{ file, type: { kind: "tuple", elements: part.arguments, span: part.span } }];
      return [];
    });
  }

  /** The declared type of one element of a tuple, else of any element. */
  itemTypes(type: LocatedType, index: number | undefined): readonly LocatedType[] {
    const tuples = [...this.#structure(type)].flatMap(({ file, type: part }) => (part.kind === "tuple" && index !== undefined ? [{ file, type: part.elements[index] }] : []));
    const items = tuples.flatMap(({ file, type: item }) => (item === undefined ? [] : [{ file, type: item }]));
    return items.length > 0 ? items : this.elementTypes(type);
  }

  /** What `await` makes of a type. */
  awaitedTypes(type: LocatedType): readonly LocatedType[] {
    const { file, type: node } = type;
    if (node.kind === "named" && PROMISES.has(node.name)) return node.arguments.slice(0, 1).flatMap((argument) => this.awaitedTypes({ file, type: argument }));
    if (node.kind === "union") return node.parts.flatMap((part) => this.awaitedTypes({ file, type: part }));
    return [type];
  }

  /** What calling a function type returns. */
  returnTypes(type: LocatedType): readonly LocatedType[] {
    return [...this.#structure(type)].flatMap(({ file, type: part }) => (part.kind === "function" && part.returns !== undefined ? [{ file, type: part.returns }] : []));
  }

  /** The declared type of a parameter of a function type. */
  parameterTypes(type: LocatedType, index: number): readonly LocatedType[] {
    return [...this.#structure(type)].flatMap(({ file, type: part }) => {
      const parameter = part.kind === "function" ? part.parameters[index] : undefined;
      return parameter === undefined ? [] : [{ file, type: parameter }];
    });
  }

  /** What a `Map` type holds. */
  valueTypes(type: LocatedType): readonly LocatedType[] {
    return [...this.#structure(type)].flatMap(({ file, type: part }) => {
      const value = part.kind === "named" && /^(?:(?:Readonly|Weak)?Map|Record)$/u.test(part.name) ? part.arguments[1] : part.kind === "members" ? part.index : undefined;
      return value === undefined ? [] : [{ file, type: value }];
    });
  }

  /** The type without its names: aliases, wrappers, parts of unions and intersections are looked through. */
  *#structure(type: LocatedType, reach = REACH, seen = new Set<TypeExpression>()): Generator<LocatedType> {
    const { file, type: node } = type;
    if (reach === 0 || seen.has(node)) return;
    seen.add(node);
    const inner = (next: TypeExpression, from = file): Generator<LocatedType> => this.#structure({ file: from, type: next }, reach - 1, seen);
    switch (node.kind) {
      case "union":
      case "intersection":
        for (const part of node.parts) yield* inner(part);
        return;
      case "indexed":
        for (const found of this.#indexed(file, node)) yield* this.#structure(found, reach - 1, seen);
        return;
      case "import": {
        const to = this.#ev.code.resolve(file, node.specifier);
        if (to.kind === "file" && node.name !== undefined) for (const found of this.#exportedTypes(to.path, node.name)) yield* this.#structure(found, reach - 1, seen);
        return;
      }
      case "named": {
        const declared = [...this.#declarations(file, node)];
        for (const found of declared) yield* this.#structure(found, reach - 1, seen);
        if (declared.length > 0) return;
        const [first] = node.arguments;
        if (first !== undefined && node.name === "Awaited") {
          for (const part of inner(first)) for (const found of this.awaitedTypes(part)) yield* found === part ? [part] : this.#structure(found, reach - 1, seen);
        } else if (first !== undefined && SAME_MEMBERS.has(node.name)) yield* inner(first);
        else if (first !== undefined && node.name === "ReturnType") for (const found of this.#returned({ file, type: first })) yield* this.#structure(found, reach - 1, seen);
        else yield type;
        return;
      }
      default:
        yield type;
    }
  }

  #ownMembers({ file, type }: LocatedType): readonly string[] {
    switch (type.kind) {
      case "members":
        return type.members.map(({ key }) => key);
      case "typeof":
        return this.#valueMembers({ file, expression: type.expression });
      case "named":
        return this.#wrapperMembers(file, type);
      case "other":
        return type.what === "mapped" ? type.parts.slice(0, 1).flatMap((keys) => this.#keyNames({ file, type: keys })) : [];
      default:
        return [];
    }
  }

  /** Members of `Pick`, `Omit`, `Record` and of what a schema accepts. */
  #wrapperMembers(file: Path, node: Extract<TypeExpression, { kind: "named" }>): readonly string[] {
    const [first, second] = node.arguments;
    if (first === undefined) return [];
    if (INFERRED.test(node.name)) return first.kind === "typeof" ? [...schemaMembers(this.#ev, { file, expression: first.expression }).keys()] : [];
    const keys = second === undefined ? [] : this.#keyNames({ file, type: second });
    if (node.name === "Pick") return keys;
    if (node.name === "Omit") return this.membersOf({ file, type: first }).filter((name) => !keys.includes(name));
    return node.name === "Record" ? this.#keyNames({ file, type: first }) : [];
  }

  #ownMemberTypes({ file, type }: LocatedType, key: string): readonly LocatedType[] {
    switch (type.kind) {
      case "members": {
        const member = type.members.find((candidate) => candidate.key === key);
        const found = member === undefined ? type.index : member.type;
        return found === undefined ? [] : [{ file, type: found }];
      }
      case "typeof": {
        const { expression, span } = type;
        const read: Expression = { kind: "member", object: expression, key: { kind: "string", value: key, span }, keySpan: span, computed: false, optional: false, span };
        return [{ file, type: { kind: "typeof", expression: read, span } }];
      }
      case "named": {
        const [first, second] = type.arguments;
        if (first === undefined) return [];
        if (type.name === "Record") return second === undefined ? [] : [{ file, type: second }];
        if (!this.#wrapperMembers(file, type).includes(key)) return [];
        return type.name === "Pick" || type.name === "Omit" ? this.memberTypes({ file, type: first }, key) : [];
      }
      default:
        return [];
    }
  }

  /** The string literals that a type of keys is made of. */
  #keyNames(type: LocatedType): readonly string[] {
    return [...this.#structure(type)].flatMap(({ file, type: part }) => {
      if (part.kind === "literal") return [String(part.value)];
      if (part.kind === "other" && part.what === "keyof") return part.parts.flatMap((inner) => this.membersOf({ file, type: inner }));
      return [];
    });
  }

  #indexed(file: Path, node: Extract<TypeExpression, { kind: "indexed" }>): readonly LocatedType[] {
    const object: LocatedType = { file, type: node.object };
    const { index } = node;
    if (index.kind === "other" && index.what === "number") return this.elementTypes(object);
    if (index.kind === "literal" && typeof index.value === "number") return this.itemTypes(object, index.value);
    return this.#keyNames({ file, type: index }).flatMap((key) => this.memberTypes(object, key));
  }

  /** What a function's type, or the function behind `typeof f`, returns. */
  #returned(type: LocatedType): readonly LocatedType[] {
    const declared = this.returnTypes(type);
    if (declared.length > 0 || type.type.kind !== "typeof") return declared;
    const at: Located = { file: type.file, expression: type.type.expression };
    return this.#ev.evaluate(at).values.flatMap(({ form }): LocatedType[] => {
      if (form.kind !== "closure") return [];
      const index = this.#ev.index(form.file);
      const returns = index?.body.functions[form.function]?.returns;
      if (returns !== undefined) return [{ file: form.file, type: returns }];
      return (index?.returns(form.function) ?? []).map((expression) => ({ file: form.file, type: { kind: "typeof", expression, span: expression.span } }));
    });
  }

  /** The declarations behind a type's name. */
  *#declarations(file: Path, node: Extract<TypeExpression, { kind: "named" }>): Generator<LocatedType> {
    const body = this.#ev.index(file)?.body;
    const binding = node.binding === undefined ? undefined : body?.bindings[node.binding];
    if (binding === undefined) return;
    const [, ...path] = node.name.split(".");
    if (binding.import === undefined) {
      if (path.length > 0) return;
      if (binding.type !== undefined && (binding.kind === "type" || binding.kind === "interface" || binding.kind === "class")) yield { file, type: binding.type };
      if (binding.value?.kind === "class") yield this.#classType(file, binding.value.class);
      return;
    }
    const specifier = this.#ev.code.source(file)?.imports[binding.import.index]?.specifier;
    const to = specifier?.kind === "string" ? this.#ev.code.resolve(file, specifier.value) : undefined;
    if (to?.kind !== "file") return;
    const name = binding.import.name === "*" ? path.shift() : binding.import.name;
    if (name !== undefined && path.length === 0) yield* this.#exportedTypes(to.path, name);
  }

  *#exportedTypes(file: Path, name: string): Generator<LocatedType> {
    const found = this.#ev.exported(file, name);
    if (found.kind !== "binding") return;
    const bindings = this.#ev.index(found.file)?.body.bindings;
    const declared = bindings?.[found.binding];
    // A value and a type may share the name.
    for (const binding of bindings ?? []) {
      if (binding.name !== declared?.name || binding.function !== 0 || binding.depth !== 0) continue;
      if (binding.type !== undefined && (binding.kind === "type" || binding.kind === "interface")) yield { file: found.file, type: binding.type };
      else if (binding.value?.kind === "class") yield this.#classType(found.file, binding.value.class);
    }
  }

  /** An instance of a class, as a type. */
  #classType(file: Path, fact: ClassFact): LocatedType {
    const span = fact.members[0]?.keySpan ?? [0, 0];
    const members = fact.members.flatMap((member) => (member.static || member.key.kind !== "string" ? [] : [{ key: member.key.value, keySpan: member.keySpan, optional: false, ...(member.type !== undefined && { type: member.type }) }]));
    const own: TypeExpression = { kind: "members", members, span };
    const parent = fact.extends;
    if (parent?.kind !== "reference") return { file, type: own };
    const named: TypeExpression = { kind: "named", name: parent.name, binding: parent.binding, arguments: [], span: parent.span };
    return { file, type: { kind: "intersection", parts: [own, named], span } };
  }

  /** Properties of a value, for `typeof value`. */
  #valueMembers(at: Located): readonly string[] {
    return this.#ev.evaluate(at).values.flatMap(({ form }) => {
      if (form.kind === "object") return orderedKeys(form.shape());
      if (form.kind === "instance" || form.kind === "class") return form.kind === "instance" ? this.membersOf(this.#classType(form.of.file, form.of.fact)) : [];
      return [];
    });
  }
}

/** Makes the question "which members does this declared type have?". */
export function membersOf(types: Types, effort: Effort): MembersQuestion {
  const { ledger } = effort;
  const known = new WeakMap<TypeExpression, (file: Path) => readonly string[]>();
  return ({ file, type }) => {
    const answers = known.get(type) ?? ledger.memo((from: Path) => effort.root(() => types.membersOf({ file: from, type }), () => []));
    known.set(type, answers);
    return answers(file);
  };
}

