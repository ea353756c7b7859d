import { defineRule } from "../../src/rule/rule.js";
import { entryName } from "../../src/workspace/baseline.js";
import { bridgeId } from "../../src/workspace/bridges.js";
import { exitState, printExit, type Exit } from "../../src/workspace/exit.js";
import { suppressionName, suppressionsIn } from "../../src/workspace/suppressions.js";
import type { Place, Workspace } from "../../src/workspace/workspace.js";
import { bridgeWithOwner, convergence } from "./family.js";

/** What fails the build on a day should not come as news on that day. */
export const noExitDueSoon = defineRule({
  name: "no-exit-due-soon",
  family: convergence,
  summary: "No bridge, suppression or baseline entry falls due within 14 days unnoticed.",
  decisions: ["D-005"],
  languages: ["source", "config"],
  fixable: false,
  severity: "warn",
  dwindling: true,
  messages: {
    due: "{{what}} is to go by {{date}}: {{left}}.",
  },
  help: {
    due: "Take it out before that day is over; from then on it is an error.",
  },

  subjects: ({ workspace }) => [...bridgeExits(workspace), ...suppressionExits(workspace), ...baselineExits(workspace)],

  *check({ what, exit, at, subject }, { workspace }) {
    const state = exitState(exit, workspace);
    if (state.kind !== "open" || state.days === undefined || state.days > NOTICE) return;
    yield { message: "due", data: { what, date: printExit(exit), left: inWords(state.days) }, at, subject: `${subject}=${printExit(exit)}` };
  },
});

/** Days in which people can still do something about it. */
const NOTICE = 14;

/** Something that ends, and where it says so. */
interface Ending {
  readonly what: string;
  readonly exit: Exit;
  readonly at: Place;
  readonly subject: string;
}

function bridgeExits({ bridges }: Workspace): readonly Ending[] {
  return bridges.flatMap((bridge) => bridge.exits.map(({ exit, at }) => ({ what: bridgeWithOwner(bridge), exit, at, subject: bridgeId(bridge) })));
}

function suppressionExits(workspace: Workspace): readonly Ending[] {
  return suppressionsIn(workspace).flatMap((suppression) => {
    const { file, rules, at, until } = suppression;
    if (until === undefined || "fault" in until) return [];
    return [{ what: `The ${suppressionName(suppression)}`, exit: until.exit, at, subject: `${file}~${rules.join()}` }];
  });
}

function baselineExits({ baseline }: Workspace): readonly Ending[] {
  return (baseline?.entries ?? []).flatMap((entry) => {
    const { key, at, owner, until } = entry;
    if (until === undefined || "fault" in until) return [];
    return [{ what: `The ${entryName(entry)}${owner === undefined ? "" : ` of ${owner}`}`, exit: until.exit, at, subject: key }];
  });
}

function inWords(days: number): string {
  if (days === 0) return "today is the last day";
  return days === 1 ? "1 day is left" : `${String(days)} days are left`;
}
