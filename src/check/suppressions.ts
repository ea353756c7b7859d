import type { DirectiveFact } from "../facts/facts.js";
import type { Path } from "../files/path.js";
import type { Workspace } from "../workspace/workspace.js";

/** The ESLint namespace under which directive comments name our rules. */
export const RULE_PREFIX = "drift-guard/";

/** Whether directive comments silence a rule (name without prefix) where a finding starts. */
export type Silences = (rule: string, at: Position) => boolean;

interface Position {
  readonly line: number;
  readonly column: number;
}

/** One switch in reading order: from here on the rules are off, or on again. */
interface Switch extends Position {
  readonly off: boolean;
  readonly rules: readonly string[];
}

/**
 * Reads a file's ESLint directive comments as ESLint does, so that both hosts silence the same findings.
 *
 * @remarks Block directives (`disable`, `enable`) and line directives are two lists that do not see each other: an `enable` never
 * re-opens a line that its own `disable-line` silences. Within a list the last switch before the finding decides.
 */
export function silencesIn(workspace: Workspace, file: Path): Silences {
  const directives = workspace.source(file)?.directives ?? [];
  if (directives.length === 0) return () => false;
  const lists = [blockSwitches(workspace, file, directives), lineSwitches(workspace, file, directives)];
  return (rule, at) => lists.some((switches) => isOff(switches, RULE_PREFIX + rule, at));
}

function blockSwitches(workspace: Workspace, file: Path, directives: readonly DirectiveFact[]): readonly Switch[] {
  return directives
    .filter(({ type }) => type === "disable" || type === "enable")
    .map(({ type, rules, span }) => {
      const { line, column } = workspace.place(file, span);
      return { line, column, off: type === "disable", rules };
    })
    .sort(byPosition);
}

function lineSwitches(workspace: Workspace, file: Path, directives: readonly DirectiveFact[]): readonly Switch[] {
  return directives
    .flatMap(({ type, rules, span }) => {
      if (type !== "disable-line" && type !== "disable-next-line") return [];
      const place = workspace.place(file, span);
      // ESLint ignores a `disable-line` comment that runs over several lines: which line it means is unclear.
      if (type === "disable-line" && place.endLine !== place.line) return [];
      const line = type === "disable-line" ? place.line : place.endLine + 1;
      return [
        { line, column: 1, off: true, rules },
        { line: line + 1, column: 0, off: false, rules },
      ];
    })
    .sort(byPosition);
}

function isOff(switches: readonly Switch[], rule: string, at: Position): boolean {
  let off = false;
  for (const next of switches) {
    if (byPosition(next, at) > 0) break;
    if (next.rules.length === 0 || next.rules.includes(rule)) off = next.off;
  }
  return off;
}

function byPosition(left: Position, right: Position): number {
  return left.line - right.line || left.column - right.column;
}
