import { braceExpand, Minimatch } from "minimatch";

/** Prefix of an entry that takes away what earlier entries of its list matched. */
const NEGATION = "!";

/** Whether a list's entry takes away instead of adding. */
export function isNegated(glob: string): boolean {
  return glob.startsWith(NEGATION);
}

/** The glob itself, without the mark of a negated entry. */
export function positive(glob: string): string {
  return isNegated(glob) ? glob.slice(NEGATION.length) : glob;
}

/**
 * Compiles a list of globs.
 *
 * @returns whether a root-relative path matches: as in .gitignore the last entry that matches decides, and `!` takes away; dots are letters
 */
export function globMatcher(globs: readonly string[]): (path: string) => boolean {
  const entries = globs.map((glob) => ({
    matcher: new Minimatch(positive(glob), { dot: true, nonegate: true, nocomment: true }),
    matches: !isNegated(glob),
  }));
  return (path) => entries.findLast(({ matcher }) => matcher.match(path))?.matches ?? false;
}

/** A glob that matches exactly one path. */
export function escapeGlob(path: string): string {
  return path.replace(/[\\*?[\]{}()!+@]/gu, String.raw`\$&`);
}

/**
 * What is wrong with a root-relative glob.
 *
 * @returns the rest of a sentence that begins with the key's name, without full stop
 */
export function globFault(glob: string): string | undefined {
  const text = positive(glob);
  if (text === "") return "must not be empty";
  if (text !== text.trim()) return "must not begin or end with a blank";
  if (text.startsWith("/") || /^[A-Za-z]:/u.test(text)) return `must be relative to the workspace root, not absolute ("${text}")`;
  if (/\\(?![\\*?[\]{}()!+@|,])/u.test(text)) return `must have "/" between folders, not "\\" ("${text}")`;
  const segments = text.split("/");
  if (segments.includes("..")) return `must not leave the workspace root ("${text}")`;
  if (segments.includes("."))
    return `is relative to the workspace root already; write "${segments.filter((segment) => segment !== ".").join("/")}"`;
  if (segments.slice(0, -1).includes("")) return `must not have empty segments ("${text}")`;
  if (text.endsWith("/")) return `must not end with "/"; write "${text.slice(0, -1)}" for the folder or "${text}**" for the files in it`;
  const open = unbalanced(text);
  return open === undefined ? undefined : `has a "${open}" without its partner ("${text}")`;
}

const PARTNERS: Readonly<Record<string, string>> = { "]": "[", "}": "{", ")": "(" };

/** The first bracket, brace or parenthesis without partner; inside `[…]` only `]` counts. */
function unbalanced(text: string): string | undefined {
  const open: string[] = [];
  for (const [character = ""] of text.matchAll(/\\.|[[\]{}()]/gu)) {
    if (character.length > 1) continue;
    const inClass = open.at(-1) === "[";
    const partner = PARTNERS[character];
    if (partner === undefined) {
      if (!inClass) open.push(character);
    } else if (open.at(-1) === partner) open.pop();
    else if (!inClass) return character;
  }
  return open[0];
}

/** The globs without braces that one with braces stands for. */
export function alternativesOf(glob: string): readonly string[] {
  return braceExpand(glob);
}
