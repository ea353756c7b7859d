import type { Path } from "../files/path.js";

/** The formats that a report can be printed in. */
export const formats = ["stylish", "json", "sarif", "github", "junit", "markdown"] as const;

/** The name of one format. */
export type Format = (typeof formats)[number];

/** What a reporter may know beside the report itself. */
export interface ReportOptions {
  /** The version of drift-guard that made the report. */
  readonly version: string;
  readonly color: boolean;
  /** A line of an analysed file, to show the code that a finding points at; left out, no code is shown. */
  readonly lineOf?: (file: Path, line: number) => string | undefined;
  /** A file's path as the repository around the workspace names it; left out, the workspace is the repository. */
  readonly pathInRepository?: (file: Path) => string;
  /** Where people can open a file at a line; left out, places are plain text. */
  readonly linkTo?: (file: Path, line: number) => string | undefined;
}
