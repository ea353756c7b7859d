import { rules } from "../rules/index.js";
import { createPlugin, type Plugin } from "./eslint/plugin.js";

export { render } from "./reporters/render.js";
export { formats, type Format, type ReportOptions } from "./reporters/report-options.js";
export type { Finding, FindingRelated, FindingState, Report, RunProblem } from "./rule/finding.js";
export type { FamilyName, Rule } from "./rule/rule.js";
export { run as check, type RunOptions as CheckOptions } from "./run.js";
export { rules };
export type { Plugin };

const plugin: Plugin = createPlugin(rules);

export default plugin;
