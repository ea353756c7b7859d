import type { Report } from "../rule/finding.js";
import type { Rule } from "../rule/rule.js";
import { github } from "./github.js";
import { json } from "./json.js";
import { junit } from "./junit.js";
import { markdown } from "./markdown.js";
import type { Format, ReportOptions } from "./report-options.js";
import { sarif } from "./sarif.js";
import { stylish } from "./stylish.js";

type Reporter = (report: Report, rules: readonly Rule[], options: ReportOptions) => string;

const reporters: Readonly<Record<Format, Reporter>> = { stylish, json, sarif, github, junit, markdown };

/**
 * Prints a report.
 *
 * @param rules every rule of drift-guard, whether it ran or not
 * @returns the text with its last newline
 */
export function render(format: Format, report: Report, rules: readonly Rule[], options: ReportOptions): string {
  return reporters[format](report, rules, options);
}
