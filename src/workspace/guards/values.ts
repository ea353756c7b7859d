import type { ClassFact, FunctionId } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import type { Located } from "../workspace.js";
import { both, joined, NOTHING, type Claim } from "./claims.js";
import type { Scope } from "./scope.js";

/** What a value is made from, as bits. */
export const label = {
  /** Something of the request. */
  request: 1,
  /** Something that says who is calling, or that only the caller can know: more than method and path. */
  caller: 2,
  /** A keyed digest. */
  digest: 4,
  /** Something that no caller sends: configuration, a secret, what a package knows. */
  other: 8,
  cookie: 16,
  userAgent: 32,
  authorization: 64,
  /** The difference between a digest and something of the request: nothing where they are equal. */
  difference: 128,
  /** Comes from the manifest's Inngest seam. */
  ingress: 256,
  /** A digest without key. */
  hash: 512,
  /** Made by a call that nobody can look into. */
  unsure: 1024,
  /** What an unknown call answered to the request. */
  answer: 2048,
  /** A collection. */
  list: 4096,
  /** Something of the request beside its body and address: where a signature can stand. */
  header: 8192,
  /** The path of the request, and nothing else. */
  path: 16384,
} as const;

/** One shape that a value can have. */
export type Form =
  | { readonly kind: "constant"; readonly value: string | number | boolean | null | undefined }
  /** Anything; `truth` where it is known whether it is truthy. */
  | { readonly kind: "some"; readonly truth?: boolean }
  /** `true` or `false`; `proves` is the answer that says something of the caller, absent where that may be either. */
  | { readonly kind: "boolean"; readonly proves?: boolean }
  | { readonly kind: "closure"; readonly file: Path; readonly function: FunctionId; readonly scope: Scope | undefined; readonly self?: AbstractValue }
  | { readonly kind: "object"; readonly id: string; readonly members: ReadonlyMap<string, AbstractValue>; /** It may have others. */ readonly open: boolean }
  | { readonly kind: "list"; readonly id: string; readonly items: readonly AbstractValue[]; /** The items are all, one by one. */ readonly exact: boolean }
  | { readonly kind: "promise"; readonly id: string; readonly of: AbstractValue; /** What is decided once it is awaited. */ readonly done: Claim }
  | { readonly kind: "external"; readonly module: string; readonly name: string }
  | { readonly kind: "method"; readonly of: AbstractValue; readonly name: string | undefined }
  | { readonly kind: "namespace"; readonly file: Path }
  | { readonly kind: "class"; readonly file: Path; readonly fact: ClassFact; readonly scope: Scope | undefined }
  /** An answer; `denies` with status 401, 403 or 404. */
  | { readonly kind: "response"; readonly denies: boolean }
  /** What must not run before the guard. */
  | { readonly kind: "target"; readonly what: "ingress" | "rpc"; readonly id: string }
  | { readonly kind: "request" }
  | { readonly kind: "headers" }
  /** Goes on to the handler. */
  | { readonly kind: "next" };

/** A shape and what must have been decided for the value to have it. */
export interface Alternative {
  readonly form: Form;
  readonly claim: Claim;
  /** Where it is made. */
  readonly at: Located;
  /** What this one is made from; without it, what the whole value is. */
  readonly own?: number;
}

/** Everything that a value can be, with where it comes from. */
export interface AbstractValue {
  readonly alternatives: readonly Alternative[];
  readonly labels: number;
  /** The keyed digests in it. */
  readonly digests: ReadonlySet<string>;
}

const NO_DIGESTS: ReadonlySet<string> = new Set();
const MAX_ALTERNATIVES = 24;

export function only(at: Located, form: Form, labels = 0, claim: Claim = NOTHING): AbstractValue {
  return { alternatives: [{ form, claim, at }], labels, digests: NO_DIGESTS };
}

export function constant(at: Located, value: string | number | boolean | null | undefined, labels = 0): AbstractValue {
  return only(at, { kind: "constant", value }, labels);
}

export function some(at: Located, labels = 0, digests: ReadonlySet<string> = NO_DIGESTS): AbstractValue {
  return { alternatives: [{ form: { kind: "some" }, claim: NOTHING, at }], labels, digests };
}

/** A value that is found when it is looked at. */
export function lazily(find: () => AbstractValue): AbstractValue {
  let found: AbstractValue | undefined;
  const value = (): AbstractValue => (found ??= find());
  return {
    get alternatives() {
      return value().alternatives;
    },
    get labels() {
      return value().labels;
    },
    get digests() {
      return value().digests;
    },
  };
}

/** Something made from other values. */
export function derived(at: Located, from: readonly AbstractValue[], extra = 0): AbstractValue {
  return some(at, (labelsOf(from) & ~label.path) | extra, digestsOf(from));
}

export function withAlternatives(value: AbstractValue, alternatives: readonly Alternative[]): AbstractValue {
  return { ...value, alternatives: merged(alternatives) };
}

export function labelsOf(values: readonly AbstractValue[]): number {
  return values.reduce((all, { labels }) => all | labels, 0);
}

export function digestsOf(values: readonly AbstractValue[]): ReadonlySet<string> {
  const holding = values.filter(({ digests }) => digests.size > 0);
  if (holding.length === 0) return NO_DIGESTS;
  return holding.length === 1 ? (holding[0]?.digests ?? NO_DIGESTS) : new Set(holding.flatMap(({ digests }) => [...digests]));
}

/** One of several values. */
export function either(values: readonly AbstractValue[]): AbstractValue {
  const [first, ...others] = values;
  if (first === undefined) return { alternatives: [], labels: 0, digests: NO_DIGESTS };
  if (others.every((value) => value === first)) return first;
  const alternatives = values.flatMap((value) => value.alternatives.map((one) => (one.own === undefined ? { ...one, own: value.labels } : one)));
  return { alternatives: merged(alternatives), labels: labelsOf(values), digests: digestsOf(values) };
}

/** The value on a way on which more was decided. */
export function under(value: AbstractValue, claim: Claim): AbstractValue {
  if (claim.size === 0) return value;
  return { ...value, alternatives: value.alternatives.map((one) => ({ ...one, claim: both(one.claim, claim) })) };
}

/** Whether a shape is truthy; undefined where it may be either. */
export function truthOf(form: Form): boolean | undefined {
  if (form.kind === "constant") return Boolean(form.value);
  if (form.kind === "some") return form.truth;
  // A member that was read and not called is data.
  return form.kind === "boolean" || form.kind === "method" || form.kind === "external" ? undefined : true;
}

/** Whether a shape says nothing of what is true of it. */
export function isOpen(form: Form): boolean {
  return form.kind === "boolean" || (form.kind === "some" && form.truth === undefined);
}

/** The same value, known to be `true` or `false`. */
export function asBoolean(value: AbstractValue, proves?: boolean): AbstractValue {
  const open: Form = proves === undefined ? { kind: "boolean" } : { kind: "boolean", proves };
  return { ...value, alternatives: value.alternatives.map((one) => (one.form.kind === "some" ? { ...one, form: one.form.truth === undefined ? open : { kind: "constant", value: one.form.truth } } : one)) };
}

/** The one constant that a value is. */
export function constantOf({ alternatives }: AbstractValue): { readonly value: string | number | boolean | null | undefined } | undefined {
  const [one, ...others] = alternatives;
  return one?.form.kind === "constant" && others.length === 0 ? one.form : undefined;
}

function merged(alternatives: readonly Alternative[]): readonly Alternative[] {
  if (alternatives.length < 2) return alternatives;
  const groups = new Map<string, Alternative[]>();
  for (const one of alternatives) {
    const key = keyOf(one.form);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  const few = groups.size > MAX_ALTERNATIVES ? [alternatives.map((one) => ({ ...one, form: { kind: "some" } as const }))] : [...groups.values()];
  return few.map((group) => joinGroup(group));
}

/** Alternatives of one shape; it stands where the least was decided. */
function joinGroup(group: readonly Alternative[]): Alternative {
  const [first, ...others] = group;
  if (first === undefined || others.length === 0) return first ?? group[0] ?? unreachable();
  const claim = joined(group.map((one) => one.claim));
  const weakest = group.reduce((least, one) => (one.claim.size < least.claim.size ? one : least));
  const own = group.some((one) => one.own === undefined) ? undefined : group.reduce((all, one) => all | (one.own ?? 0), 0);
  return { form: joinForms(group.map(({ form }) => form)), claim, at: weakest.at, ...(own !== undefined && { own }) };
}

function unreachable(): never {
  throw new Error("a group of alternatives is never empty");
}

/** Shapes of the same identity: objects and lists may have been changed on one way. */
function joinForms(forms: readonly Form[]): Form {
  const [first] = forms;
  if (first === undefined) return { kind: "some" };
  if (first.kind === "promise") {
    const promises = forms.filter((form) => form.kind === "promise");
    return { ...first, of: either(promises.map(({ of }) => of)), done: joined(promises.map(({ done }) => done)) };
  }
  if (first.kind === "list") {
    const lists = forms.filter((form) => form.kind === "list");
    if (lists.every(({ items, exact }) => items === first.items && exact)) return first;
    return { ...first, items: [either(lists.flatMap(({ items }) => items))], exact: false };
  }
  if (first.kind !== "object") return first;
  const objects = forms.filter((form) => form.kind === "object");
  if (objects.every(({ members }) => members === first.members)) return first;
  const members = new Map<string, AbstractValue>();
  for (const key of new Set(objects.flatMap((one) => [...one.members.keys()]))) members.set(key, either(objects.flatMap((one) => one.members.get(key) ?? [])));
  return { ...first, members, open: objects.some(({ open }) => open) };
}

/** Tells shapes apart. */
export function keyOf(form: Form): string {
  switch (form.kind) {
    case "constant":
      return `constant ${typeof form.value} ${String(form.value)}`;
    case "some":
      return `some ${String(form.truth)}`;
    case "closure":
      return `closure ${form.file} ${String(form.function)} ${String(form.scope?.serial)}`;
    case "object":
    case "list":
    case "promise":
      return `${form.kind} ${form.id}`;
    case "external":
      return `external ${form.module}#${form.name}`;
    case "namespace":
      return `namespace ${form.file}`;
    case "class":
      return `class ${form.file} ${form.fact.name ?? ""} ${String(form.scope?.serial)}`;
    case "response":
      return `response ${String(form.denies)}`;
    case "target":
      return `target ${form.what} ${form.id}`;
    case "method":
      return `method ${String(form.name)} ${form.of.alternatives.map((one) => keyOf(one.form)).join(",")}`;
    case "boolean":
      return `boolean ${String(form.proves)}`;
    case "request":
    case "headers":
    case "next":
      return form.kind;
  }
}

/** Whether a value is a list that holds something. */
export function isFilled({ alternatives }: AbstractValue): boolean {
  return alternatives.length > 0 && alternatives.every(({ form }) => form.kind === "list" && form.exact && form.items.length > 0);
}

/** Whether a shape is `null` or `undefined`. */
export function isNothing(form: Form): boolean {
  return form.kind === "constant" && (form.value === undefined || form.value === null);
}
