import { defineRule } from "../../src/rule/rule.js";
import { exitState, printExit } from "../../src/workspace/exit.js";
import { bridgeSubject, bridgeWithOwner, convergence } from "./family.js";

/** What fails the build on a day should not come as news on that day. */
export const noExitDueSoon = defineRule({
  name: "no-exit-due-soon",
  family: convergence,
  summary: "No bridge, suppression or baseline entry falls due within 14 days unnoticed.",
  decisions: ["D-005"],
  languages: ["source", "config"],
  fixable: false,
  severity: "warn",
  messages: {
    bridge: "{{what}} is to go by {{date}}: {{left}}.",
  },
  help: {
    bridge: "Delete it before that day, from which on it is an error.",
  },

  subjects: ({ workspace }) => workspace.bridges,

  *check(bridge, { workspace }) {
    for (const { exit, at } of bridge.exits) {
      const state = exitState(exit, workspace);
      if (state.kind !== "open" || state.days === undefined || state.days > NOTICE) continue;
      const data = { what: bridgeWithOwner(bridge), date: printExit(exit), left: inWords(state.days) };
      yield { message: "bridge", data, at, subject: `${bridgeSubject(bridge)}=${printExit(exit)}` };
    }
  },
});

/** Days in which people can still do something about it. */
const NOTICE = 14;

function inWords(days: number): string {
  if (days === 0) return "today is the last day";
  return days === 1 ? "1 day is left" : `${String(days)} days are left`;
}
