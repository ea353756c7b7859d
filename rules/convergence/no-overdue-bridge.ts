import { defineRule } from "../../src/rule/rule.js";
import { bridgeId, bridgeImports } from "../../src/workspace/bridges.js";
import { exitState, printExit } from "../../src/workspace/exit.js";
import { bridgeWithOwner, convergence } from "./family.js";

/** The promise that a bridge goes is kept by whoever is told that its time has come. */
export const noOverdueBridge = defineRule({
  name: "no-overdue-bridge",
  family: convergence,
  summary: "No bridge outlives its criteria.",
  decisions: ["D-005"],
  languages: ["source", "config"],
  fixable: false,
  severity: "error",
  dwindling: true,
  messages: {
    overdue: "{{bridge}} was to go by {{date}} and still stands.",
    met: "You can delete {{bridge}} now: {{because}}.",
  },
  help: {
    overdue: "Move the importers that are left, and delete it.",
    met: 'Delete it: it waited for "{{exit}}".',
  },

  subjects: ({ workspace }) => workspace.bridges,

  *check(bridge, { workspace }) {
    const imports = bridgeImports(workspace, bridge);
    const related = imports.map(({ from, fact }) => ({ at: workspace.place(from, fact.specifier.span), message: `${from} still imports it.` }));
    for (const { exit, at } of bridge.exits) {
      const state = exitState(exit, workspace, imports.length);
      const about = { at, subject: `${bridgeId(bridge)}=${printExit(exit)}`, related };
      const name = bridgeWithOwner(bridge);
      if (state.kind === "overdue") yield { message: "overdue", data: { bridge: name, date: printExit(exit) }, ...about };
      if (state.kind === "met") yield { message: "met", data: { bridge: name, because: state.because, exit: printExit(exit) }, ...about };
    }
  },
});
