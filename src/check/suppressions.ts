import type { DirectiveFact } from "../facts/facts.js";
import type { Path } from "../files/path.js";
import { RULE_PREFIX } from "../policy/law.js";
import type { Workspace } from "../workspace/workspace.js";

/** The directive comment that silences a rule (name without prefix) where a finding starts; undefined where none does. */
export type Silencer = (rule: string, at: Position) => DirectiveFact | undefined;

interface Position {
  readonly line: number;
  readonly column: number;
}

/** One switch in reading order: from here on the rules are off, or on again. */
interface Switch extends Position {
  readonly rules: readonly string[];
  /** The directive that turns them off; undefined where they are on again. */
  readonly off: DirectiveFact | undefined;
}

/**
 * Reads a file's ESLint directive comments as ESLint does, so that both hosts silence the same findings.
 *
 * @remarks Block directives (`disable`, `enable`) and line directives are two lists that do not see each other: an `enable` never
 * re-opens a line that its own `disable-line` silences. Within a list the last switch before the finding decides. Where both silence, the
 * block directive is the one that is used.
 */
export function silencerIn(workspace: Workspace, file: Path): Silencer {
  const directives = workspace.source(file)?.directives ?? [];
  if (directives.length === 0) return () => undefined;
  const lists = [blockSwitches(workspace, file, directives), lineSwitches(workspace, file, directives)];
  return (rule, at) => lists.map((switches) => turnedOff(switches, RULE_PREFIX + rule, at)).find((directive) => directive !== undefined);
}

function blockSwitches(workspace: Workspace, file: Path, directives: readonly DirectiveFact[]): readonly Switch[] {
  return directives
    .filter(({ type }) => type === "disable" || type === "enable")
    .map((directive) => {
      const { line, column } = workspace.place(file, directive.span);
      return { line, column, rules: directive.rules, off: directive.type === "disable" ? directive : undefined };
    })
    .sort(byPosition);
}

function lineSwitches(workspace: Workspace, file: Path, directives: readonly DirectiveFact[]): readonly Switch[] {
  return directives
    .flatMap((directive) => {
      const { type, rules, span } = directive;
      if (type !== "disable-line" && type !== "disable-next-line") return [];
      const place = workspace.place(file, span);
      // ESLint ignores a `disable-line` comment that runs over several lines: which line it means is unclear.
      if (type === "disable-line" && place.endLine !== place.line) return [];
      const line = type === "disable-line" ? place.line : place.endLine + 1;
      return [
        { line, column: 1, rules, off: directive },
        { line: line + 1, column: 0, rules, off: undefined },
      ];
    })
    .sort(byPosition);
}

function turnedOff(switches: readonly Switch[], rule: string, at: Position): DirectiveFact | undefined {
  let off: DirectiveFact | undefined;
  for (const next of switches) {
    if (byPosition(next, at) > 0) break;
    if (next.rules.length === 0 || next.rules.includes(rule)) off = next.off;
  }
  return off;
}

function byPosition(left: Position, right: Position): number {
  return left.line - right.line || left.column - right.column;
}
