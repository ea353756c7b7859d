import type { Located } from "../workspace.js";
import { decided, NOTHING, PROVEN, UNKNOWN } from "./claims.js";
import { comparesDigest, has, isTimingSafe, provesSignature } from "./comparisons.js";
import { decide } from "./decisions.js";
import { isDenyingName, saysDenied } from "./denials.js";
import { overList } from "./lists.js";
import type { Machine } from "./machine.js";
import { equality } from "./operators.js";
import { isAssertion, isEqualityAssertion, isThrowingVerifier, mayVerify } from "./packages.js";
import { startsPath } from "./paths.js";
import { allOf, chained } from "./promises.js";
import { headerLabels } from "./requests.js";
import type { Scope } from "./scope.js";
import type { State } from "./state.js";
import { asBoolean, constant, constantOf, derived, digestsOf, either, isOpen, label, labelsOf, only, some, withAlternatives, type AbstractValue, type Form } from "./values.js";

type External = Extract<Form, { kind: "external" }>;

const CRYPTO = /^(?:node:)?crypto$/u;
const BUILT_IN = /^(?:node:|bun$|bun:)|^(?:crypto|buffer|util|url|fs|fs\/promises|path|os|events|stream|assert|async_hooks|querystring|timers)$/u;
/** Calls of packages that answer with the function they are given, remembering what it answered. */
const MEMO = /^(?:memo(?:ize|ise)?(?:d|One)?|once|cache(?:d)?|dedupe|p?memoize|pMemoize)$/iu;
/** Methods of packages that run what they are given and answer what it answers. */
const RUNS = /^(?:run|runWith|runInContext|with|withContext|withSpan|startActiveSpan|startSpan|enterWith|exit|tryCatch|bind|wrap|trace|time|measure)$/u;
/** Methods that say something of a text, a list or a collection. */
const PURE = /^(?:get|getAll|has|includes|indexOf|lastIndexOf|startsWith|endsWith|test|match|matchAll|exec|search|trim|trimStart|trimEnd|toLowerCase|toUpperCase|toString|split|slice|substring|substr|replace|replaceAll|concat|join|padStart|padEnd|charCodeAt|charAt|at|codePointAt|normalize|localeCompare|keys|values|entries|push|pop|shift|add|set|delete|text|json|arrayBuffer|formData|blob|bytes|clone|toArray|reverse|sort|flat|valueOf|toJSON|equals|compare|digest|update|hasOwn|append|header|headers|param|query|toFixed|now|subarray|buffer|copy|write|read|readUInt8|getTime)$/u;
/** Those of them that answer yes or no. */
const ASKS = /^(?:has|includes|startsWith|endsWith|test|equals|hasOwn)$/u;
const CALLBACKS = /^(?:some|every|find|findLast|findIndex|findLastIndex|filter|map|flatMap|forEach|reduce|reduceRight)$/u;

/** A call of what another package, or the language, provides. */
export function callExternal(machine: Machine, at: Located, form: External, passed: readonly AbstractValue[], state: State, scope: Scope | undefined): AbstractValue {
  const name = form.name.split(".").at(-1) ?? "";
  const [first, second] = passed;
  if (machine.isTrustedName(form.module, name)) {
    const answer = machine.trusted(at, scope, passed);
    return answer;
  }
  if (/^inngest(?:\/|$)/u.test(form.module) && (name === "serve" || name === "default")) return only(at, { kind: "target", what: "ingress", id: `${at.file}:${at.expression.span.join("-")}` });
  if (isTimingSafe(name) && first !== undefined && second !== undefined) return compare(machine, at, first, second, scope, provesSignature(first, second));
  const isCrypto = CRYPTO.test(form.module) || (form.module === "global" && /^(?:globalThis\.)?crypto\./u.test(form.name));
  if (isCrypto && name === "verify") {
    const answer = isKeySent(form, passed) ? derived(at, passed) : verified(machine, at, passed, scope);
    return promised(machine, at, scope, answer, /subtle/u.test(form.name) ? "always" : "never");
  }
  if (/hmac/iu.test(name) || (isCrypto && name === "sign")) return promisedDigest(machine, at, form, passed, scope);
  if (/^(?:createHash|hash|digest|sha\d+)$/iu.test(name) && (isCrypto || /hash|sha/iu.test(form.module))) return promisedData(at, form, derived(at, passed, label.hash), machine);
  if (isCrypto && name === "createVerify") return derived(at, passed, label.other);
  if (first !== undefined && isAssertion(form.module, name)) return asserted(machine, at, first, state, scope);
  if (first !== undefined && second !== undefined && isEqualityAssertion(form.module, name)) return asserted(machine, at, equality(machine, at, first, second, true, labelsOf(passed), scope), state, scope);
  if (isThrowingVerifier(form.module, name)) return verifiedOrThrown(machine, at, passed, scope);
  if (form.module === "global") return callGlobal(machine, at, form.name, passed, state, scope);
  if (saysNo(name, passed)) {
    machine.deny(state);
    return only(at, { kind: "response", denies: true });
  }
  const [only1] = passed;
  if (MEMO.test(name) && only1?.alternatives.some(({ form: inner }) => inner.kind === "closure") === true) return only1;
  return callUnknown(machine, at, name, form.module, passed, state, scope, []);
}

/** What an assertion leaves: the ways on which it holds. */
function asserted(machine: Machine, at: Located, claim: AbstractValue, state: State, scope: Scope | undefined): AbstractValue {
  state.become(decide(machine, claim, at, scope, state).yes);
  return constant(at, undefined);
}

/** What a package answers that throws for whoever is not genuine, once it is awaited. */
function verifiedOrThrown(machine: Machine, at: Located, passed: readonly AbstractValue[], scope: Scope | undefined): AbstractValue {
  const value = derived(at, passed, label.other);
  if (machine.options.mode !== "gate" || !has(value, label.caller)) return value;
  const done = decided(NOTHING, { site: `genuine ${machine.site(at, scope)}`, positive: true, level: PROVEN, at, note: "this throws unless what it is given is genuine" });
  return only(at, { kind: "promise", id: machine.site(at, scope), of: value, done }, value.labels);
}

/** Leaves a doubt where code that nobody can look into may throw because of who is asking. */
function doubt(machine: Machine, at: Located, name: string, passed: readonly AbstractValue[], state: State, scope: Scope | undefined): void {
  const asked = machine.options.mode === "gate" ? label.caller : label.request;
  if (!mayVerify(name) || !passed.some((value) => has(value, asked))) return;
  state.claim = decided(state.claim, { site: `throws ${machine.site(at, scope)}`, positive: true, level: UNKNOWN, at, note: "whether this throws for others cannot be told" });
}

function callUnknown(machine: Machine, at: Located, name: string, module: string, passed: readonly AbstractValue[], state: State, scope: Scope | undefined, receivers: readonly AbstractValue[]): AbstractValue {
  const callbacks = passed.flatMap((value) => machine.runCallbacks(at, value, [some(at, label.other)], state, scope, RUNS.test(name)) ?? []);
  if (!BUILT_IN.test(module)) doubt(machine, at, name, passed, state, scope);
  const [ran] = callbacks;
  if (ran !== undefined && RUNS.test(name)) return ran;
  const all = [...receivers, ...passed, ...callbacks];
  if (BUILT_IN.test(module)) return derived(at, all);
  const isAnswer = passed.some(({ alternatives }) => alternatives.some(({ form }) => form.kind === "request"));
  // Packages know things: what they make of a request is no longer what the caller says.
  const unsure = machine.options.mode === "signature" && has({ ...derived(at, passed) }, label.request) ? label.unsure : 0;
  return derived(at, all, label.other | unsure | (isAnswer ? label.answer : 0));
}

function callGlobal(machine: Machine, at: Located, name: string, passed: readonly AbstractValue[], state: State, scope: Scope | undefined): AbstractValue {
  const [first] = passed;
  switch (name) {
    case "Boolean": {
      if (first === undefined) return constant(at, false);
      const { yes, no } = machine.split(first, at, scope);
      const as = (of: AbstractValue, value: boolean): AbstractValue => withAlternatives(of, of.alternatives.map((one) => ({ ...one, form: { kind: "constant", value } })));
      if (first.alternatives.every(({ form }) => isOpen(form))) return first;
      return either([as(yes, true), as(no, false)]);
    }
    case "Promise.resolve":
      return first ?? constant(at, undefined);
    case "Promise.reject":
      state.dead = true;
      return either([]);
    case "Promise.all":
    case "Promise.allSettled":
      return allOf(machine, at, first, scope);
    case "Response.json":
    case "Response.redirect": {
      const denies = passed.slice(1).some(saysDenied);
      if (denies) machine.deny(state);
      return only(at, { kind: "response", denies });
    }
    case "Object.freeze":
    case "Object.seal":
    case "structuredClone":
    case "Object":
      return first ?? constant(at, undefined);
    case "Object.entries":
      return first === undefined ? some(at) : only(at, { kind: "list", id: `${String(at.expression.span[0])}entries`, items: [only(at, { kind: "list", id: `${String(at.expression.span[0])}entry`, items: [derived(at, [first]), machine.elementOf(at, valuesOf(at, first), undefined)], exact: true })], exact: false }, first.labels | label.list);
    case "Object.values":
      return first === undefined ? some(at) : valuesOf(at, first);
    case "Array.from":
    case "Array.of":
    case "Array.isArray":
      return name === "Array.from" && first !== undefined ? { ...first, labels: first.labels | label.list } : derived(at, passed);
    case "Buffer.compare": {
      const [left, right] = passed;
      return left !== undefined && right !== undefined && comparesDigest(left, right) ? some(at, labelsOf(passed) | label.difference) : derived(at, passed);
    }
    case "Symbol":
    case "setTimeout":
    case "queueMicrotask":
      for (const value of passed) machine.runCallbacks(at, value, [], state.copy(), scope);
      return some(at);
    default: {
      const callbacks = passed.flatMap((value) => machine.runCallbacks(at, value, [some(at)], state, scope) ?? []);
      return derived(at, [...passed, ...callbacks]);
    }
  }
}

function valuesOf(at: Located, value: AbstractValue): AbstractValue {
  const items = value.alternatives.flatMap(({ form }) => (form.kind === "object" ? [...form.members.values()] : []));
  if (items.length === 0) return { ...value, labels: value.labels | label.list };
  const isWhole = value.alternatives.every(({ form }) => form.kind === "object" && !form.open) && value.alternatives.length === 1;
  return only(at, { kind: "list", id: `${String(at.expression.span[0])}values`, items, exact: isWhole }, value.labels | label.list);
}

/** A construction of what another package, or the language, provides. */
export function constructExternal(machine: Machine, at: Located, form: External, passed: readonly AbstractValue[], scope: Scope | undefined, state: State): AbstractValue {
  const name = form.name.split(".").at(-1) ?? "";
  if (/RPCHandler$/u.test(name)) return only(at, { kind: "target", what: "rpc", id: `${at.file}:${at.expression.span.join("-")}` });
  if (name === "Response") {
    const denies = passed.slice(1).some(saysDenied);
    if (denies) machine.deny(state);
    return only(at, { kind: "response", denies });
  }
  if (saysNo(name, passed)) {
    machine.deny(state);
    return only(at, { kind: "response", denies: true });
  }
  if (name === "Request") return either([...passed.filter(({ alternatives }) => alternatives.some(({ form: inner }) => inner.kind === "request")), ...(passed.length === 0 ? [some(at)] : [])].concat(passed.some(({ alternatives }) => alternatives.some(({ form: inner }) => inner.kind === "request")) ? [] : [derived(at, passed)]));
  if (name === "Headers") return passed[0] ?? some(at);
  if (name === "Promise") {
    for (const value of passed) machine.runCallbacks(at, value, [], state, scope);
    return some(at, label.unsure);
  }
  if (name === "Set" || name === "Map" || name === "WeakMap" || name === "WeakSet") {
    const [list] = passed;
    return list === undefined ? some(at, label.list) : { ...list, labels: list.labels | label.list };
  }
  return derived(at, passed, form.module === "global" || BUILT_IN.test(form.module) ? 0 : label.other);
}

/** Whether a call answers 401, 403 or 404: by a status that it is given, or by its name. */
function saysNo(name: string, passed: readonly AbstractValue[]): boolean {
  return isDenyingName(name) || passed.some(saysDenied);
}

/** A call of a member of a value that the code did not define. */
export function callMethod(machine: Machine, at: Located, receiver: AbstractValue, name: string | undefined, passed: readonly AbstractValue[], state: State, scope: Scope | undefined, fn: AbstractValue): AbstractValue {
  const [first] = passed;
  const target = receiver.alternatives.find(({ form }) => form.kind === "target");
  if (target?.form.kind === "target") return target.form.what === "rpc" && !/^(?:handle|fetch)$/u.test(name ?? "") ? derived(at, passed) : machine.reach(target.form.what, target.form.id, at, state);
  if (name === "then" || name === "catch" || name === "finally") return chained(machine, at, receiver, name, passed, state, scope);
  if (name === "call" || name === "apply" || name === "bind") return applied(machine, at, receiver, name, passed, state, scope);
  if (first !== undefined && name !== undefined && CALLBACKS.test(name) && first.alternatives.some(({ form }) => form.kind === "closure" || form.kind === "external")) return overList(machine, at, receiver, name, passed, state, scope);
  const isHeaders = receiver.alternatives.some(({ form }) => form.kind === "headers");
  if ((isHeaders && (name === "get" || name === "has" || name === "getAll")) || (name === "header" && has(receiver, label.request)) || (name === "get" && receiver.alternatives.some(({ form }) => form.kind === "request"))) {
    return some(at, headerLabels(first === undefined ? undefined : textsOf(machine, at, first)));
  }
  if (receiver.alternatives.some(({ form }) => form.kind === "request") && (name === "clone" || name === "raw")) return receiver;
  if (name === "digest" || name === "sign") return { ...derived(at, [receiver, ...passed]) };
  if (first !== undefined && name === "equals" && comparesDigest(receiver, first)) return compare(machine, at, receiver, first, scope, true);
  if (first !== undefined && (name === "includes" || name === "has" || name === "indexOf") && (has(receiver, label.list) || name === "includes") && comparesDigest(receiver, first)) {
    // A text that holds the digest was given it; a digest that holds a given text may hold nothing.
    if (has(receiver, label.list) || first.digests.size > 0) return name === "indexOf" ? some(at) : compare(machine, at, receiver, first, scope, true);
  }
  if (name === "localeCompare" && first !== undefined && comparesDigest(receiver, first)) return some(at, labelsOf([receiver, first]) | label.difference);
  if (name === "verify" && /createVerify|createHmac|nacl|ed25519|sign/iu.test(originName(receiver))) return verified(machine, at, passed, scope);
  if ((name === "json" || name === "text" || name === "html" || name === "body" || name === "send" || name === "end" || name === "code" || name === "status" || name === "sendStatus" || name === "writeHead" || name === "error" || name === "notFound" || name === "forbidden" || name === "unauthorized") && saysNo(name, passed)) {
    machine.deny(state);
    return only(at, { kind: "response", denies: true });
  }
  if (receiver.alternatives.some(({ form }) => form.kind === "response")) return receiver;
  const start = name === "startsWith" && has(receiver, label.path) && first !== undefined ? constantOf(first)?.value : undefined;
  const starts = typeof start === "string" && machine.options.route !== undefined ? startsPath(machine.options.route, start) : undefined;
  if (starts !== undefined) return constant(at, starts, label.request);
  if (name !== undefined && PURE.test(name)) {
    const value = derived(at, [receiver, ...passed]);
    if (ASKS.test(name)) return asBoolean(value, true);
    return name === "values" || name === "keys" || name === "split" || name === "entries" ? { ...value, labels: value.labels | label.list } : value;
  }
  const external = receiver.alternatives.some(({ form }) => form.kind === "external");
  const value = callUnknown(machine, at, name ?? "", external ? "package" : "value", passed, state, scope, [receiver]);
  const isUnsure = machine.options.mode === "signature" && has({ ...value, labels: labelsOf(passed) }, label.request);
  return isUnsure || has(fn, label.unsure) ? { ...value, labels: value.labels | label.unsure } : value;
}

function originName({ alternatives }: AbstractValue): string {
  const [one] = alternatives;
  const node = one?.at.expression;
  if (node?.kind !== "call" && node?.kind !== "new") return "";
  const { callee } = node;
  return callee.kind === "reference" || callee.kind === "global" ? callee.name : callee.kind === "member" && callee.key.kind === "string" ? callee.key.value : "";
}

function textsOf(machine: Machine, at: Located, value: AbstractValue): readonly string[] | undefined {
  const known = constantOf(value);
  if (known !== undefined) return [String(known.value)];
  const texts = value.alternatives.flatMap(({ form }) => (form.kind === "constant" ? [String(form.value)] : []));
  if (texts.length === value.alternatives.length) return texts;
  const argument = at.expression.kind === "call" ? at.expression.arguments[0]?.value : undefined;
  return argument === undefined ? undefined : machine.textsOf({ file: at.file, expression: argument });
}

function compare(machine: Machine, at: Located, left: AbstractValue, right: AbstractValue, scope: Scope | undefined, proves: boolean): AbstractValue {
  const labels = labelsOf([left, right]) & ~(label.digest | label.list);
  return proves ? machine.compared(at, scope, labels) : asBoolean(some(at, labels & ~label.unsure));
}

/** `verify` of a signature: something in it must be of the request. */
function verified(machine: Machine, at: Located, passed: readonly AbstractValue[], scope: Scope | undefined): AbstractValue {
  const labels = labelsOf(passed);
  return (labels & label.request) === 0 ? asBoolean(some(at, labels)) : machine.compared(at, scope, labels & ~label.digest);
}

function promised(machine: Machine, at: Located, scope: Scope | undefined, value: AbstractValue, when: "always" | "never"): AbstractValue {
  return when === "never" ? value : only(at, { kind: "promise", id: machine.site(at, scope), of: value, done: NOTHING }, value.labels);
}

function promisedDigest(machine: Machine, at: Located, form: External, passed: readonly AbstractValue[], scope: Scope | undefined): AbstractValue {
  if (isKeySent(form, passed)) return promisedData(at, form, derived(at, passed, label.hash), machine);
  const digest: AbstractValue = { ...some(at, labelsOf(passed) | label.digest), digests: new Set([machine.site(at, scope), ...digestsOf(passed)]) };
  return /subtle/u.test(form.name) ? { ...only(at, { kind: "promise", id: machine.site(at, scope), of: digest, done: NOTHING }, digest.labels), digests: digest.digests } : digest;
}

/** Whether the key is the caller's own: then anybody makes the digest that is expected. */
function isKeySent({ name }: External, [, key]: readonly AbstractValue[]): boolean {
  return /(?:^|\.)(?:createHmac|subtle\.(?:sign|verify))$/u.test(name) && key !== undefined && has(key, label.request) && !has(key, label.other);
}

function promisedData(at: Located, form: External, value: AbstractValue, machine: Machine): AbstractValue {
  return /subtle/u.test(form.name) ? only(at, { kind: "promise", id: machine.site(at, undefined), of: value, done: NOTHING }, value.labels) : value;
}

function applied(machine: Machine, at: Located, receiver: AbstractValue, name: string, passed: readonly AbstractValue[], state: State, scope: Scope | undefined): AbstractValue {
  const [self, ...rest] = passed;
  const bound = withAlternatives(receiver, receiver.alternatives.map((one) => (one.form.kind === "closure" && self !== undefined ? { ...one, form: { ...one.form, self } } : one)));
  if (name === "bind") return rest.length === 0 ? bound : some(at, label.unsure);
  const [list] = rest;
  const [items] = list?.alternatives ?? [];
  return machine.call(at, bound, name === "call" ? rest : items?.form.kind === "list" ? items.form.items : rest, state, scope, self);
}
