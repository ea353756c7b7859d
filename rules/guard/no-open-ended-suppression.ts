import { law, ruleNames } from "../../src/policy/law.js";
import { defineRule, type Found } from "../../src/rule/rule.js";
import { exitState } from "../../src/workspace/exit.js";
import { suppressionName, suppressionsIn, type Suppression } from "../../src/workspace/suppressions.js";
import type { Place } from "../../src/workspace/workspace.js";
import { guard } from "./family.js";

/** An exception without an end is a rule that is off, and nobody remembers why. */
export const noOpenEndedSuppression = defineRule({
  name: "no-open-ended-suppression",
  family: guard,
  summary: "Every suppression of a drift-guard rule carries a reason, an owner and an exit, still applies, and has not expired.",
  decisions: [],
  languages: ["source"],
  fixable: false,
  severity: "error",
  suppressible: false,
  messages: {
    unused: "Delete this now: {{rule}} finds nothing that the {{what}} silences.",
    unknown: '"{{rule}}", which the {{what}} names, is no rule of drift-guard.',
    unsuppressible: "{{rule}} cannot be silenced, and the {{what}} tries to.",
    open: "The {{what}} does not say {{missing}}.",
    faulty: '"{{text}}", with which the {{what}} is to end, {{fault}}.',
    overdue: "Delete this now: the {{what}} was to go by {{date}}{{owner}}.",
    met: "Delete this now: {{because}}, and that is what the {{what}} waited for{{owner}}.",
  },
  help: {
    unused: "Delete the name, or the whole comment if it names nothing else.",
    unknown: "Correct the name; drift-guard explain <rule> tells the nearest.",
    unsuppressible: "Mend what it reports.",
    open: "Write it behind two dashes: -- why it is so (owner: @team, until: 2026-12-31).",
    faulty: "Write when it ends: until: 2026-12-31, no-importers-of <path>, package <name>@<range> or file-gone <path>.",
    overdue: "Mend what it silences, or let its owner decide on another day.",
    met: "Mend what it silences.",
  },

  subjects: ({ workspace, found }) => suppressionsIn(workspace).filter((one) => one.rules.length > 0 || silencedBy(one, found).length > 0),

  *check(suppression, { workspace, found }) {
    const what = suppressionName(suppression);
    const about = { at: suppression.at, subject: `${suppression.file}~${suppression.rules.join()}` };
    const silenced = silencedBy(suppression, found);
    for (const rule of suppression.rules) if (!silenced.includes(rule)) yield { message: whyNot(rule), data: { what, rule }, ...about };
    if (silenced.length === 0) return;

    const { until, owner } = suppression;
    const missing = missingIn(suppression);
    if (missing.length > 0) yield { message: "open", data: { what, missing: inWords(missing) }, ...about };
    if (until === undefined) return;
    if ("fault" in until) {
      yield { message: "faulty", data: { what, text: until.text, fault: until.fault }, ...about };
      return;
    }
    const state = exitState(until.exit, workspace);
    const whose = owner === undefined ? "" : ` (owner: ${owner})`;
    if (state.kind === "overdue") yield { message: "overdue", data: { what, date: until.text, owner: whose }, ...about };
    if (state.kind === "met") yield { message: "met", data: { what, because: state.because, owner: whose }, ...about };
  },
});

/** The rules that a suppression keeps from being reported; those that it names and nobody can ask are taken to be among them. */
function silencedBy({ at, rules }: Suppression, found: Found): readonly string[] {
  const isIt = (place: Place | undefined): boolean => place?.file === at.file && place.line === at.line && place.column === at.column;
  const isSilenced = (rule: string): boolean | undefined => found(rule)?.some(({ exception }) => isIt(exception?.at));
  return rules.length === 0
    ? ruleNames.filter((rule) => isSilenced(rule) === true)
    : rules.filter((rule) => isSilenced(rule) ?? (isOf(ruleNames, rule) && !isOf(law.guard, rule)));
}

/** Why a rule that a suppression names is not silenced by it. */
function whyNot(rule: string): "unknown" | "unsuppressible" | "unused" {
  if (!isOf(ruleNames, rule)) return "unknown";
  return isOf(law.guard, rule) ? "unsuppressible" : "unused";
}

function isOf(names: readonly string[], name: string): boolean {
  return names.includes(name);
}

function missingIn({ reason, owner, until }: Suppression): readonly string[] {
  const said = { "why it is there": reason, "whose it is": owner, "when it ends": until };
  return Object.entries(said).flatMap(([what, value]) => (value === undefined ? [what] : []));
}

function inWords(parts: readonly string[]): string {
  return [parts.slice(0, -1).join(", "), ...parts.slice(-1)].filter((part) => part !== "").join(" and ");
}
