/** A path as it is compared: starts with `/`, no empty segments, no `/` at the end. */
export function normalPath(path: string): string {
  const segments = path.split("/").filter((segment) => segment !== "");
  return `/${segments.join("/")}`;
}

/** One path after another. */
export function joinPaths(parts: readonly string[]): string {
  return normalPath(parts.join("/"));
}

/** Whether a path is a prefix or lies below it, segment by segment. */
export function isUnder(path: string, prefix: string): boolean {
  const inner = segmentsOf(path);
  return segmentsOf(prefix).every((segment, at) => inner[at] === segment);
}

/**
 * Whether a route pattern answers requests for what lies at or below a path without lying there itself: a catch-all above it, or a
 * placeholder in its place.
 *
 * @param subtree the pattern answers everything below it
 */
export function shadows(pattern: string, subtree: boolean, prefix: string): boolean {
  if (isUnder(pattern, prefix)) return false;
  const wanted = segmentsOf(prefix);
  const own = segmentsOf(pattern);
  for (const [at, segment] of own.entries()) {
    const target = wanted[at];
    if (isRest(segment)) return true;
    // What lies deeper than the prefix can be anything.
    if (target === undefined) return true;
    if (!isPlaceholder(segment) && segment !== target) return false;
  }
  return own.length >= wanted.length || subtree;
}

/** Whether a pattern answers at every path below some point. */
export function isCatchAll(pattern: string): boolean {
  return segmentsOf(pattern).some(isRest);
}

/** How many of a pattern's first segments are plain text. */
export function plainSegments(pattern: string): number {
  const own = segmentsOf(pattern);
  const end = own.findIndex((segment) => isRest(segment) || isPlaceholder(segment));
  return end < 0 ? own.length : end;
}

/** The path that a pattern's first segments spell. */
export function plainPrefix(pattern: string): string {
  return `/${segmentsOf(pattern).slice(0, plainSegments(pattern)).join("/")}`;
}

/** Whether a pattern answers at one path only. */
export function isPlain(pattern: string): boolean {
  return plainSegments(pattern) === segmentsOf(pattern).length;
}

function segmentsOf(path: string): readonly string[] {
  return path.split("/").filter((segment) => segment !== "");
}

/** `*`, `*splat`, `{*path}`, `(.*)`, `:path*`, `:path+`, `:path{.+}`. */
function isRest(segment: string): boolean {
  return segment.startsWith("*") || segment.startsWith("{*") || segment === "(.*)" || /^:\w+(?:[*+]|\{\.[*+]\}|\(\.[*+]\))\??$/u.test(segment);
}

/** `:name`, `:name?`, `{name}`. */
function isPlaceholder(segment: string): boolean {
  return segment.startsWith(":") || segment.startsWith("{");
}

/** Whether a route is one that a list names: `*` at the end stands for anything, elsewhere for one segment. */
export function isListed(route: string, list: readonly string[]): boolean {
  return list.some((entry) => {
    const isOpen = entry.endsWith("*");
    const wanted = (isOpen ? entry.slice(0, -1) : entry).split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/gu, String.raw`\$&`)).join("[^/]+");
    return new RegExp(`^${wanted}${isOpen ? "" : "$"}`, "u").test(route) || (entry.endsWith("/*") && route === normalPath(entry.slice(0, -2)));
  });
}
