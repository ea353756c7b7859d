import type { Policy } from "../../policy/policy.js";
import type { Path } from "../../files/path.js";
import type { Hook, Mount } from "../mounts.js";
import type { Located } from "../workspace.js";
import { both, DISTRUSTED, joined, NOTHING, PROVEN, strongest, UNKNOWN, type Claim, type Token } from "./claims.js";
import { refuses } from "./denials.js";
import { Exhausted, Machine, type GuardAsk, type Mode, type Reach } from "./machine.js";
import type { Route } from "./paths.js";
import { State } from "./state.js";
import { label, only, some, truthOf, type AbstractValue } from "./values.js";

/** Why what is protected is not. */
export type Lack =
  /** Nothing is decided on the way. */
  | "missing"
  /** Something is decided, and not on every way, or not before. */
  | "evaded"
  /** A promise was asked instead of what it promises. */
  | "unawaited"
  /** What decides rests on what any caller can send. */
  | "distrusted"
  /** No caller is ever refused with 401, 403 or 404. */
  | "undenied";

/** What can be shown of the guard before a handler. */
export type GuardVerdict =
  | { readonly kind: "guarded"; readonly by: Located }
  /** `at`: where it is reached; `evidence`: the decision that does not hold, where there is one. */
  | { readonly kind: "unguarded"; readonly lack: Lack; readonly at: Located; readonly evidence?: Located }
  | { readonly kind: "unprovable"; readonly at: Located; readonly reason: string };

/** What is known of a mount's handler. */
export interface Guards {
  /** Handlers that it runs: each tells itself apart. */
  readonly reaches: readonly { readonly what: Reach["what"]; readonly id: string; readonly at: Located }[];
  readonly verdict: GuardVerdict;
}

/** What a function says of the request when it says yes. */
export type Judgement =
  | { readonly kind: "proven" }
  /** `at`: where it says yes without having asked. */
  | { readonly kind: "breach"; readonly at: Located }
  | { readonly kind: "unprovable"; readonly at: Located; readonly reason: string };

/** What judging guards asks of the workspace and the policy. */
export interface JudgeGround {
  readonly ask: GuardAsk;
  readonly routes: Policy["routes"];
  readonly manifest: Path | undefined;
  /** What is kept from one judgement to the next: the collections that files put something into. */
  readonly setsByFile?: Map<Path, ReadonlySet<string>>;
}

/**
 * Whether a function is truthy only where a signature, or for a gate the caller, was found to be right.
 *
 * @param ground the workspace
 * @param mode what is to be shown
 * @param fn the function; the request is its first parameter
 */
export function truthyWhen(ground: JudgeGround, mode: Mode, fn: Located): Judgement {
  const machine = machineFor(ground, mode);
  try {
    const state = new State();
    const request = only(fn, { kind: "request" }, label.request | label.caller);
    const answer = machine.await(machine.start(fn, machine.ambient(fn), [request, ...others(fn)], state), state);
    const { yes, no } = machine.split(answer, fn, undefined);
    if (yes.alternatives.length === 0 && state.dead) return { kind: "breach", at: fn };
    const worst = weakestOf(yes.alternatives.map(({ claim, at }) => ({ claim, at })));
    if (worst.token?.level === PROVEN) return mode === "gate" && no.alternatives.length === 0 && machine.denials === 0 ? { kind: "breach", at: fn } : { kind: "proven" };
    if (worst.token?.level === UNKNOWN) return { kind: "unprovable", at: worst.token.at, reason: worst.token.note };
    return { kind: "breach", at: worst.at ?? fn };
  } catch (error) {
    if (error instanceof Exhausted) return { kind: "unprovable", at: fn, reason: "running it on paper takes too long" };
    throw error;
  }
}

/** What the other parameters of a verifier are: configuration. */
function others(fn: Located): readonly AbstractValue[] {
  return Array.from({ length: 4 }, () => some(fn, label.other));
}

/** What a mount runs before its handler, judged. */
export function guardsOf(ground: JudgeGround, mode: Mode, mount: Mount): Guards {
  const machine = machineFor(ground, mode, mount);
  try {
    return judge(machine, mode, mount);
  } catch (error) {
    if (error instanceof Exhausted) {
      return { reaches: machine.reaches, verdict: { kind: "unprovable", at: mount.handler ?? mount.call, reason: "running it on paper takes too long" } };
    }
    throw error;
  }
}

function machineFor({ ask, routes, manifest, setsByFile = new Map<Path, ReadonlySet<string>>() }: JudgeGround, mode: Mode, mount?: Mount): Machine {
  const trusted = mode === "signature" ? routes.verifiers : routes.gates;
  return new Machine(ask, { mode, trusted, manifest, setsByFile, ...(mount !== undefined && mount.blocked === undefined && { route: routeOf(mount) }) });
}

function routeOf({ paths, subtree, framework }: Mount): Route {
  // What Express calls the path begins where its routers do.
  if (framework === "express") return { paths: [], subtree, loose: true };
  return { paths: paths.map(({ path }) => path), subtree, loose: framework === "elysia" };
}

function judge(machine: Machine, mode: Mode, mount: Mount): Guards {
  const at = mount.handler ?? mount.call;
  if (mount.handler === undefined) return { reaches: [], verdict: { kind: "unprovable", at, reason: "the call names no handler" } };
  const state = new State();
  const doubtful: Claim[] = [];
  for (const hook of mount.hooks) {
    const claim = hookClaim(machine, mount, hook, state);
    if (hook.certain) state.claim = both(state.claim, claim);
    else doubtful.push(claim);
  }
  machine.continued = [];
  const handler = machine.ambient(mount.handler);
  const answer = machine.start(at, handler, contextOf(at), state);
  const awaited = state.dead ? answer : machine.await(answer, state);
  const verdict = verdictOf(machine, mode, mount, awaited, handler, doubtful);
  return { reaches: machine.reaches, verdict };
}

/** What the framework passes to a handler. */
function contextOf(at: Located): readonly AbstractValue[] {
  const request = only(at, { kind: "request" }, label.request | label.caller);
  return [request, some(at, label.other), only(at, { kind: "next" })];
}

/** What was decided when a hook lets the request go on. */
function hookClaim(machine: Machine, mount: Mount, hook: Hook, before: State): Claim {
  const request = only(hook.at, { kind: "request" }, label.request | label.caller);
  const next = only(hook.at, { kind: "next" });
  const answers = some(hook.at, label.other);
  const passed = mount.framework === "hono" ? [request, next] : mount.framework === "express" || mount.framework === "fastify" ? [request, answers, next] : [request];
  const state = before.copy();
  machine.continued = [];
  const hookValue = machine.ambient(hook.at);
  machine.endsOnReply = mount.framework === "fastify";
  const answer = machine.await(machine.start(hook.at, hookValue, passed, state), state);
  machine.endsOnReply = false;
  const continued = [...machine.continued];
  machine.continued = [];
  const goesOnByItself = mount.framework === "elysia" || (mount.framework === "fastify" && continued.length === 0);
  if (goesOnByItself && !state.dead) {
    const isShort = mount.framework === "elysia" && (hook.kind === "beforeHandle" || hook.kind === "onRequest" || hook.kind === "middleware");
    // What a hook answers with something ends the request; an answer of its own does so from `resolve` and `derive` as well.
    const goingOn = answer.alternatives.filter(({ form }) => (isShort ? truthOf(form) !== true : form.kind !== "response"));
    continued.push(...goingOn.map(({ claim }) => claim));
  }
  return continued.length === 0 ? NOTHING : joined(continued);
}

interface Way {
  readonly claim: Claim;
  readonly at: Located;
}

function weakestOf(ways: readonly Way[]): { readonly token: Token | undefined; readonly at: Located | undefined } {
  let worst: { token: Token | undefined; at: Located } | undefined;
  for (const { claim, at } of ways) {
    const token = strongest(claim);
    if (worst === undefined || (token?.level ?? 0) < (worst.token?.level ?? 0)) worst = { token, at };
  }
  return { token: worst?.token, at: worst?.at };
}

function verdictOf(machine: Machine, mode: Mode, mount: Mount, answer: AbstractValue, handler: AbstractValue, doubtful: readonly Claim[]): GuardVerdict {
  const what = mode === "signature" ? "ingress" : "rpc";
  const protectedWays: readonly Way[] = machine.reaches.filter((reach) => reach.what === what);
  const at = mount.handler ?? mount.call;
  const unknown = (handler.labels & label.unsure) !== 0 && handler.alternatives.some(({ form }) => form.kind === "some");
  if (protectedWays.length === 0 && unknown) return { kind: "unprovable", at, reason: "what handles the request is not known" };
  const ways = protectedWays.length > 0 ? protectedWays : answer.alternatives.filter(({ form, claim }) => !refuses({ alternatives: [{ form, claim, at }], labels: 0, digests: new Set() }, true)).map(({ claim }) => ({ claim, at }));
  if (ways.length === 0) return { kind: "guarded", by: at };
  const { token, at: reached = at } = weakestOf(ways);
  if (token?.level === PROVEN) return mode === "gate" && machine.denials === 0 ? { kind: "unguarded", lack: "undenied", at: reached, evidence: token.at } : { kind: "guarded", by: token.at };
  if (token?.level === UNKNOWN) return { kind: "unprovable", at: token.at, reason: token.note };
  const [maybe] = doubtful.map(strongest).filter((one) => one !== undefined);
  if (maybe?.level === PROVEN) return { kind: "unprovable", at: maybe.at, reason: "that this runs before every request of the route is not known" };
  if (token?.level === DISTRUSTED) return { kind: "unguarded", lack: "distrusted", at: reached, evidence: token.at };
  const [unawaited] = machine.unawaited;
  const [comparison] = machine.comparisons;
  if (unawaited !== undefined) return { kind: "unguarded", lack: "unawaited", at: reached, evidence: unawaited };
  if (mode === "signature" && comparison !== undefined) return { kind: "unguarded", lack: "evaded", at: reached, evidence: comparison };
  return { kind: "unguarded", lack: machine.denials > 0 ? "evaded" : "missing", at: reached };
}

