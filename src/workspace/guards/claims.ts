import type { Located } from "../workspace.js";

/**
 * How well a decision protects what follows it, weakest first.
 *
 * `distrusted`: it rests on what any caller can send; `unknown`: it may protect, and nobody can tell.
 */
export type Level = 1 | 2 | 3;
export const DISTRUSTED = 1;
export const UNKNOWN = 2;
export const PROVEN = 3;

/** A decision that was taken on the way to somewhere. */
export interface Token {
  /** Tells decisions apart. */
  readonly site: string;
  /** Which way it went. */
  readonly positive: boolean;
  readonly level: Level;
  readonly at: Located;
  readonly note: string;
}

/** What must have been decided for a place to be reached, or for a value to be what it is. */
export type Claim = ReadonlyMap<string, Token>;

export const NOTHING: Claim = new Map();

/** The claim with one more decision; what the same site decided before is forgotten. */
export function decided(claim: Claim, token: Token): Claim {
  const next = new Map(claim);
  next.delete(keyOf(token.site, !token.positive));
  return next.set(keyOf(token.site, token.positive), token);
}

export function without(claim: Claim, site: string): Claim {
  const next = new Map(claim);
  next.delete(keyOf(site, true));
  next.delete(keyOf(site, false));
  return next;
}

/** Both hold. */
export function both(first: Claim, second: Claim): Claim {
  if (second.size === 0 || first === second) return first;
  if (first.size === 0) return second;
  const next = new Map(first);
  for (const [key, token] of second) if ((next.get(key)?.level ?? 0) < token.level) next.set(key, token);
  return next;
}

/**
 * What holds on every one of several ways.
 *
 * A decision whose two outcomes are both among the ways decides nothing. Where each way still has some decision of its own left, they
 * count as one, as weak as the weakest.
 */
export function joined(claims: readonly Claim[]): Claim {
  const [first, ...others] = claims;
  if (first === undefined) return NOTHING;
  if (others.every((claim) => claim === first)) return first;
  const present = new Set(claims.flatMap((claim) => [...claim.keys()]));
  // Most ways have not parted over anything: then nothing is to be dropped.
  const open = new Set([...present].filter((key) => present.has(opposite(key))));
  const rests = open.size === 0 ? claims : claims.map((claim) => new Map([...claim].filter(([key]) => !open.has(key))));
  const common = new Map<string, Token>();
  for (const [key, token] of rests[0] ?? []) {
    const same = rests.map((rest) => rest.get(key));
    if (same.some((one) => one === undefined)) continue;
    common.set(key, same.reduce<Token>((weakest, one) => (one !== undefined && one.level < weakest.level ? one : weakest), token));
  }
  const own = rests.map((rest) => strongest(new Map([...rest].filter(([key]) => !common.has(key)))));
  const tokens = own.filter((token) => token !== undefined);
  if (tokens.length < own.length) return common;
  const weakest = tokens.reduce((least, token) => (token.level < least.level ? token : least));
  const site = `either(${[...new Set(tokens.map((token) => token.site))].toSorted().join("|")})`;
  return decided(common, { ...weakest, site, positive: true });
}

/** The best decision in a claim. */
export function strongest(claim: Claim): Token | undefined {
  let best: Token | undefined;
  for (const token of claim.values()) if (best === undefined || token.level > best.level) best = token;
  return best;
}

/** The key of the same decision, taken the other way. */
function opposite(key: string): string {
  return `${key.startsWith("+") ? "-" : "+"}${key.slice(1)}`;
}

function keyOf(site: string, positive: boolean): string {
  return positive ? `+${site}` : `-${site}`;
}
