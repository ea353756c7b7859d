import type { Path } from "../files/path.js";
import type { Place } from "../workspace/workspace.js";
import type { Edit, FamilyName, Suggestion } from "./rule.js";

/** `new` counts; `known` is in the baseline; `suppressed` has an ESLint directive. */
export type FindingState = "new" | "known" | "suppressed";

/** A problem that the engine has placed, ranked and named: what every host and format prints. */
export interface Finding {
  /** Rule name without prefix. */
  readonly rule: string;
  readonly family: FamilyName;
  readonly message: string;
  /** The rule's own message and what fills its holes, of which `message` is the rendering. */
  readonly messageId: string;
  readonly data: Readonly<Record<string, string>>;
  readonly severity: "error" | "warn";
  readonly file: Path;
  /** 1-based; end exclusive. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly help: string;
  readonly related: readonly FindingRelated[];
  /** How what was found comes about, step by step; absent where nothing leads there. */
  readonly chain?: readonly FindingRelated[];
  readonly state: FindingState;
  /** What keeps it from counting, where something does. */
  readonly exception?: Exception;
  /** Stable identity: survives moved lines and reformatting. */
  readonly key: string;
  readonly fix: readonly Edit[];
  readonly suggestions: readonly Suggestion[];
}

/** A directive comment or baseline entry that a finding falls under. */
export interface Exception {
  readonly at: Place;
  /** Why, in the words of who wrote it. */
  readonly reason?: string;
}

export interface FindingRelated {
  readonly file: Path;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Something that makes the run untrustworthy (exit 2). */
export interface RunProblem {
  readonly message: string;
  readonly file?: Path;
  readonly line?: number;
}

/** One whole run, ready to print. */
export interface Report {
  readonly root: string;
  readonly findings: readonly Finding[];
  readonly examined: Readonly<Record<string, number>>;
  readonly problems: readonly RunProblem[];
  readonly summary: { readonly errors: number; readonly warnings: number; readonly known: number; readonly files: number; readonly ms: number };
}
