import { defineRule } from "../../src/rule/rule.js";
import { canCome, exitState } from "../../src/workspace/exit.js";
import { exceptionsIn, guard, whyUnsuppressible, type Said } from "./family.js";

/** An exception without an end is a rule that is off, and nobody remembers why. */
export const noOpenEndedSuppression = defineRule({
  name: "no-open-ended-suppression",
  family: guard,
  summary: "Every suppression of a drift-guard rule carries a reason, an owner and an exit, still applies, and has not expired.",
  decisions: [],
  languages: ["source", "config"],
  fixable: false,
  severity: "error",
  dwindling: true,
  suppressible: false,
  messages: {
    unused: "Delete this now: {{rule}} finds nothing that the {{what}} silences.",
    stale: "Delete this now: {{rule}} finds nothing any more that the {{what}} stands for.",
    unknown: '"{{rule}}", which the {{what}} names, is no rule of drift-guard.',
    unsuppressible: "{{rule}} cannot be silenced, and the {{what}} tries to.",
    open: "The {{what}} does not say {{missing}}.",
    faulty: '"{{text}}", with which the {{what}} is to end, {{fault}}.',
    overdue: "Delete this now: the {{what}} was to go by {{date}}{{owner}}.",
    met: "Delete this now: {{because}}, and that is what the {{what}} waited for{{owner}}.",
  },
  help: {
    unused: "Delete the name, or the whole comment if it names nothing else.",
    stale: "Run drift-guard --update-baseline, which drops what is gone.",
    unknown: "Correct the name; drift-guard explain <rule> tells the nearest.",
    unsuppressible: "Mend what it reports.",
    open: "Say it: in a comment behind two dashes, -- why it is so (owner: @team, until: 2026-12-31); in the baseline as owner, reason and until.",
    faulty: "Write when it ends: until: 2026-12-31, no-importers-of <path>, package <name>@<range> or file-gone <path>.",
    overdue: "Mend what it silences, or let its owner decide on another day.",
    met: "Mend what it silences.",
  },

  subjects: ({ workspace, found }) => exceptionsIn(workspace, found),

  *check({ what, subject, at, rules, silenced, owner, reason, until, unused }, { workspace }) {
    for (const rule of rules) if (!silenced.includes(rule)) yield { message: whyUnsuppressible(rule) ?? unused, data: { what, rule }, at, subject };
    if (silenced.length === 0) return;

    const missing = missingIn({ reason, owner, until });
    if (missing.length > 0) yield { message: "open", data: { what, missing: inWords(missing) }, at, subject };
    if (until === undefined) return;
    if ("fault" in until) {
      yield { message: "faulty", data: { what, text: until.text, fault: until.fault }, at, subject };
      return;
    }
    if (!canCome(until.exit, workspace)) yield { message: "faulty", data: { what, text: until.text, fault: "waits for a package that nothing here declares" }, at, subject };
    const state = exitState(until.exit, workspace);
    const whose = owner === undefined ? "" : ` (owner: ${owner})`;
    if (state.kind === "overdue") yield { message: "overdue", data: { what, date: until.text, owner: whose }, at, subject };
    if (state.kind === "met") yield { message: "met", data: { what, because: state.because, owner: whose }, at, subject };
  },
});

function missingIn({ reason, owner, until }: Said): readonly string[] {
  const said = { "why it is there": reason, "whose it is": owner, "when it ends": until };
  return Object.entries(said).flatMap(([what, value]) => (value === undefined ? [what] : []));
}

function inWords(parts: readonly string[]): string {
  return [parts.slice(0, -1).join(", "), ...parts.slice(-1)].filter((part) => part !== "").join(" and ");
}
