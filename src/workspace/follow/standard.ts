/** Standard methods that change their receiver. */
export const MUTATORS: ReadonlySet<string> = new Set([
  "push", "unshift", "splice", "pop", "shift", "sort", "reverse", "fill", "copyWithin", "set", "add", "delete", "clear",
]);

/** Standard methods that change their receiver and return it. */
export const RETURNS_RECEIVER: ReadonlySet<string> = new Set(["sort", "reverse", "fill", "copyWithin", "set", "add"]);

/** Standard methods that run their first argument on elements of the receiver, or on what the promise becomes. */
export const ITERATORS: ReadonlySet<string> = new Set([
  "map", "forEach", "filter", "some", "every", "find", "findIndex", "findLast", "findLastIndex", "flatMap", "reduce", "reduceRight", "sort", "toSorted", "then", "catch", "finally",
]);

/** Standard methods that return elements of the receiver in another list. */
export const SELECTORS: ReadonlySet<string> = new Set([
  "filter", "slice", "concat", "reverse", "toReversed", "sort", "toSorted", "flat", "splice", "toSpliced", "with", "values", "fill", "copyWithin",
]);

/** Standard methods that return one element of the receiver. */
export const PICKERS: ReadonlySet<string> = new Set(["at", "find", "findLast", "pop", "shift", "get"]);

/** Standard methods that only look at the receiver. */
export const LOOKERS: ReadonlySet<string> = new Set(["includes", "indexOf", "lastIndexOf", "join", "has", "keys"]);

/** Standard functions that neither keep, run nor change what they are given. */
export const HARMLESS =
  /^(?:console\.\w+|JSON\.\w+|String|Number|Boolean|BigInt|parse(?:Int|Float)|isNaN|isFinite|(?:en|de)codeURI(?:Component)?|Math\.\w+|Number\.\w+|Array\.isArray|Object\.(?:keys|is|hasOwn|getOwnPropertyNames|getPrototypeOf|isFrozen|isSealed)|Reflect\.(?:has|ownKeys))$/u;

/** Standard functions that return their first argument, or a copy that is taken for it. */
export const RETURNS_FIRST = /^(?:Object\.(?:freeze|seal|preventExtensions)|structuredClone)$/u;

/** Standard functions that build a collection, or promise, of what they are given. */
export const COLLECTS = /^(?:Array\.(?:from|of)|Promise\.(?:all|race|any|allSettled|resolve)|Object\.(?:values|entries|fromEntries)|(?:Weak)?(?:Set|Map))$/u;

/** Standard functions that write into their first argument in ways that are not told apart. */
export const REWRITES = /^(?:Object\.(?:definePropert(?:y|ies)|setPrototypeOf)|Reflect\.(?:defineProperty|deleteProperty|setPrototypeOf))$/u;
