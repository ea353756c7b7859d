import type { Path } from "../files/path.js";
import type { Finding, Report, RunProblem } from "../rule/finding.js";

/** Which findings a report is about; what is left out is not counted either. */
export interface ReportScope {
  /** Whether a file is of interest; left out, all are. */
  readonly covers?: (file: Path) => boolean;
  /** Whether a finding is; left out, all are. */
  readonly concerns?: (finding: Finding) => boolean;
  /** Keep what directive comments silence, marked as such. */
  readonly showSuppressed?: boolean;
}

/** What a run has come to, before it is a report. */
export interface Outcome {
  readonly root: string;
  readonly findings: readonly Finding[];
  readonly examined: Readonly<Record<string, number>>;
  readonly problems: readonly RunProblem[];
  readonly files: number;
  readonly ms: number;
}

/** Makes the report of a run: the findings in scope, counted. */
export function reportOf({ root, findings, examined, problems, files, ms }: Outcome, scope: ReportScope = {}): Report {
  const { covers = () => true, concerns = () => true, showSuppressed = false } = scope;
  const shown = findings.filter((finding) => covers(finding.file) && (finding.state !== "suppressed" || showSuppressed) && concerns(finding));
  const fresh = shown.filter(({ state }) => state === "new");
  const errors = fresh.filter(({ severity }) => severity === "error").length;
  const known = shown.filter(({ state }) => state === "known").length;
  return { root, findings: shown, examined, problems, summary: { errors, warnings: fresh.length - errors, known, files, ms } };
}
