import ignore, { type Ignore } from "ignore";

/**
 * Adds what a .gitignore file says to the rules that hold above it.
 *
 * @remarks All rules stand in one matcher, spelled from the git top-level: only so can a deeper file take back what an outer one
 * ignores, and only so does the last matching rule count, as git has it.
 *
 * @param folder where the file stands, relative to the git top-level
 */
export function withIgnoreFile(outer: Ignore | undefined, folder: string, text: string): Ignore {
  // Case counts on every platform, so that a run says the same everywhere.
  const rules = ignore({ ignorecase: false, allowRelativePaths: true });
  if (outer !== undefined) rules.add(outer);
  for (const line of text.split(/\r?\n/u)) rules.add(fromTop(line, folder.replace(/\/$/u, "")));
  return rules;
}

/** One line of a .gitignore file as a file at the git top-level would spell it. */
function fromTop(line: string, folder: string): string {
  if (folder === "" || line.trim() === "" || line.startsWith("#")) return line;
  const negated = line.startsWith("!");
  const pattern = negated ? line.slice(1) : line;
  // A slash before the end anchors a pattern to its folder; without one it matches at any depth below.
  const anchored = /\/./u.test(pattern.trimEnd());
  const below = anchored ? pattern.replace(/^\//u, "") : `**/${pattern}`;
  return `${negated ? "!" : ""}/${folder.replace(/[\\*?[\]!# ]/gu, String.raw`\$&`)}/${below}`;
}
