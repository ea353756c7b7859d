import { label, type AbstractValue } from "./values.js";

const TIMING_SAFE = /^(?:timing_?safe_?equals?|constant_?time_?(?:compare|equals?)|safe_?(?:compare|equals?)|scmp|tsscmp|secure_?compare)$/iu;

/** Whether a name, as another package spells it, is that of a comparison in constant time. */
export function isTimingSafe(name: string): boolean {
  return TIMING_SAFE.test(name);
}

/** Whether finding two values equal proves a signature: one is of the request, and the other is not all the caller's own. */
export function provesSignature(left: AbstractValue, right: AbstractValue): boolean {
  return (isGiven(left) && isExpected(right, left)) || (isGiven(right) && isExpected(left, right));
}

/** Whether equality of two values proves a signature without a comparison that is made for it: one is a digest. */
export function comparesDigest(left: AbstractValue, right: AbstractValue): boolean {
  return (has(left, label.digest) || has(right, label.digest) || isKeyedHash(left) || isKeyedHash(right)) && provesSignature(left, right);
}

function isGiven(value: AbstractValue): boolean {
  return has(value, label.request);
}

function isExpected(value: AbstractValue, given: AbstractValue): boolean {
  // Two digests of the same text are equal whoever sends it: one must be of what was given as signature.
  if (value.digests.size > 0 && given.digests.size > 0 && !has(given, label.header)) return false;
  // A digest of what is always the same is a password: it says nothing of the request.
  if (value.digests.size > 0) return has(value, label.request) && ![...value.digests].every((digest) => given.digests.has(digest));
  if (given.digests.size > 0) return false;
  return isKeyedHash(value) || (has(value, label.other) && !has(value, label.request));
}

/** A hash over something that only we know. */
function isKeyedHash(value: AbstractValue): boolean {
  return has(value, label.hash) && has(value, label.other);
}

export function has({ labels }: AbstractValue, wanted: number): boolean {
  return (labels & wanted) !== 0;
}
