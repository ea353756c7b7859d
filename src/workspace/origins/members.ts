import type { ClassFact, Expression } from "../../facts/expression.js";
import { inside } from "../values/evaluation.js";
import type { Located, LocatedType } from "../workspace.js";
import { cheaply, textsOf, writesInto, type OriginAsk, type Origins } from "./ask.js";
import { ofReturned } from "./calls.js";
import { ofElement } from "./elements.js";
import { found, typed, type Found } from "./found.js";
import { namespacesAt } from "./names.js";

/** How many ancestors a class may have. */
const MAX_ANCESTORS = 8;

/** What a member of one origin derives from; `whole` when nothing else can be behind it. */
interface Inner {
  readonly origins: Origins;
  readonly whole: boolean;
}

/** What a member read derives from: what stands under the key, or the read itself where that cannot be told. */
export function ofMember(ask: OriginAsk, at: Located, node: Extract<Expression, { kind: "member" }>): Origins {
  const object = inside(at, node.object);
  const keys = textsOf(ask, inside(at, node.key));
  const take = keys === undefined ? undefined : namespacesAt(ask, object);
  if (keys !== undefined && take !== undefined) return keys.flatMap(take);
  const origins = ask.find(object);
  // A parameter or a declared type stands beside what was really passed: only without that it is all there is.
  const isBeside = ({ kind }: Found): boolean => kind === "parameter" || kind === "typed";
  const isReal = origins.some((origin) => !isBeside(origin));
  return (keys ?? [undefined]).flatMap((key): Origins => {
    const parts = origins.map((origin) => ({ origin, inner: memberOf(ask, origin, key) }));
    const isSeen = isReal && parts.every(({ origin, inner }) => isBeside(origin) || inner?.whole === true);
    const inner = parts.flatMap((part) => part.inner?.origins ?? []);
    return isSeen ? inner : [...inner, found(at, { kind: "member", key, object })];
  });
}

/** Sources that are merged into an object after it is made. */
export function mergedInto(ask: OriginAsk, at: Located): Origins {
  return writesInto(ask, at).flatMap((write) => (write.kind === "merge" ? write.sources.flatMap((source) => ask.find(source)) : []));
}

function memberOf(ask: OriginAsk, origin: Found, key: string | undefined): Inner | undefined {
  const { at } = origin;
  if (origin.kind === "typed") return { origins: typed(at, key === undefined ? anyMemberTypes(ask, origin.type) : memberTypes(ask, origin.type, key)), whole: false };
  if (origin.kind === "external") return key === undefined ? undefined : { origins: [found(at, { kind: "external", module: origin.module, name: origin.name === "*" ? key : `${origin.name}.${key}` })], whole: false };
  if (origin.kind === "call" && at.expression.kind === "new") return memberOfInstance(ask, at, at.expression, key);
  if (origin.kind !== "literal") return undefined;
  const { expression } = at;
  if (expression.kind === "object") return memberOfLiteral(ask, at, expression, key);
  if (expression.kind === "class") return memberOfClass(ask, at, expression.class, key);
  if (expression.kind === "array" && key !== undefined && /^\d+$/u.test(key)) return { origins: ofElement(ask, [origin], Number(key)), whole: true };
  return undefined;
}

/** What stands under a key that nobody knows, in a list or a record. */
function anyMemberTypes({ types }: OriginAsk, type: LocatedType): readonly LocatedType[] {
  return [...types.itemTypes(type, undefined), ...types.valueTypes(type)];
}

function memberTypes({ types }: OriginAsk, type: LocatedType, key: string): readonly LocatedType[] {
  const declared = types.memberTypes(type, key);
  return /^\d+$/u.test(key) && declared.length === 0 ? types.itemTypes(type, Number(key)) : declared;
}

function memberOfLiteral(ask: OriginAsk, at: Located, node: Extract<Expression, { kind: "object" }>, key: string | undefined): Inner | undefined {
  const origins: Found[] = [];
  let whole = false;
  for (const entry of node.entries.toReversed()) {
    if (entry.kind === "spread") {
      // It may have the key or not: what is spread says so by its own origins.
      origins.push(...ask.find(inside(at, key === undefined ? entry.value : ask.read(entry.value, key))));
      whole = true;
      continue;
    }
    const names = textsOf(ask, inside(at, entry.key));
    if (key !== undefined && names !== undefined && !names.includes(key)) continue;
    origins.push(...(entry.accessor === "get" && entry.value.kind === "function" ? ofReturned(ask, at.file, entry.value.function, undefined) : ask.find(inside(at, entry.value))));
    whole = true;
    if (key !== undefined && names?.length === 1) break;
  }
  for (const write of writesInto(ask, at)) {
    if (write.kind === "set" && mayBe(ask, write.key, key)) {
      origins.push(...ask.find(write.value));
      whole = true;
    } else if (write.kind === "merge") {
      for (const source of write.sources) origins.push(...ask.find(key === undefined ? source : inside(source, ask.read(source.expression, key))));
      whole = true;
    }
  }
  return whole ? { origins, whole } : undefined;
}

function memberOfInstance(ask: OriginAsk, at: Located, node: Extract<Expression, { kind: "new" }>, key: string | undefined): Inner | undefined {
  const inner = memberOfClasses(ask, inside(at, node.callee), key, MAX_ANCESTORS);
  const written = writesInto(ask, at).filter((write) => write.kind === "set" && mayBe(ask, write.key, key));
  if (inner === undefined && written.length === 0) return undefined;
  return { origins: [...(inner?.origins ?? []), ...written.flatMap((write) => (write.kind === "set" ? ask.find(write.value) : []))], whole: true };
}

/** The member of every class that an expression can be. */
function memberOfClasses(ask: OriginAsk, at: Located, key: string | undefined, reach: number): Inner | undefined {
  const parts = cheaply(ask, at).values.flatMap(({ form }) => {
    const expression = form.kind === "class" ? ask.ev.index(form.file)?.classExpression(form.fact) : undefined;
    const inner = form.kind === "class" && expression !== undefined ? memberOfClass(ask, { file: form.file, expression }, form.fact, key, reach) : undefined;
    return inner === undefined ? [] : [inner];
  });
  return parts.length === 0 ? undefined : { origins: parts.flatMap(({ origins }) => origins), whole: true };
}

/** A member of a class or of its instances: fields, methods, what its code assigns to `this`, and declared types. */
function memberOfClass(ask: OriginAsk, at: Located, fact: ClassFact, key: string | undefined, reach = MAX_ANCESTORS): Inner | undefined {
  const { file } = at;
  const origins: Found[] = [];
  let known = false;
  for (const member of fact.members) {
    if (!mayBe(ask, { file, expression: member.key }, key)) continue;
    known = true;
    if (member.type !== undefined) origins.push(...typed(at, [{ file, type: member.type }]));
    if (member.role === "get" && member.value?.kind === "function") origins.push(...ofReturned(ask, file, member.value.function, undefined));
    else if (member.role !== "set" && member.value !== undefined) origins.push(...ask.find({ file, expression: member.value }));
  }
  for (const self of ask.ev.index(file)?.selves(fact) ?? []) {
    const read = self.parent;
    const assign = read?.parent;
    if (read?.of !== "expression" || read.node.kind !== "member" || read.role !== "target" || assign?.of !== "expression" || assign.node.kind !== "assign") continue;
    if (!mayBe(ask, { file, expression: read.node.key }, key)) continue;
    known = true;
    origins.push(...ask.find({ file, expression: assign.node.value }));
  }
  const inherited = fact.extends === undefined || reach === 0 ? undefined : memberOfClasses(ask, { file, expression: fact.extends }, key, reach - 1);
  if (!known && inherited === undefined) return undefined;
  return { origins: [...origins, ...(inherited?.origins ?? [])], whole: true };
}

/** Whether an expression can be the wanted key. */
function mayBe(ask: OriginAsk, at: Located, key: string | undefined): boolean {
  return key === undefined || textsOf(ask, at)?.includes(key) !== false;
}
