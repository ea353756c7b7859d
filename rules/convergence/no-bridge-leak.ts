import { defineRule } from "../../src/rule/rule.js";
import { bridgeId, bridgeName } from "../../src/workspace/bridges.js";
import { bridgeLeaks } from "../../src/workspace/bridges/leaks.js";
import { convergence } from "./family.js";

/** What anybody may import is never taken down: each new importer is one more who has to move. */
export const noBridgeLeak = defineRule({
  name: "no-bridge-leak",
  family: convergence,
  summary: "A bridge is imported only by its listed importers, never through a barrel or an unlisted package export; the number of importers only falls.",
  decisions: ["D-005"],
  languages: ["source", "config"],
  fixable: false,
  severity: "error",
  dwindling: true,
  messages: {
    more: "{{bridge}} has {{count}} importers, and had {{recorded}} when the baseline was written: that number only falls.",
    importer: "{{from}} must not import {{bridge}}: it is none of the bridge's listed importers.",
    barrel: "{{from}} must not pass on {{bridge}}: through a barrel anybody can import the bridge.",
    exported: '{{bridge}} must not be offered as "{{entry}}" to everybody: it is a bridge without listed importers.',
  },
  help: {
    more: "Import what the bridge leads to, as those do who have moved on.",
    importer: "Import what the bridge leads to; who still needs it is listed by @importers or in convergence.bridges.",
    barrel: "Let the importers that are left import the bridge itself, and list them.",
    exported: "List with @importers who still needs it, or take it out of the package's exports.",
  },

  subjects: ({ workspace }) => workspace.bridges,

  *check(bridge, { workspace }) {
    const name = bridgeName(bridge);
    const related = [{ at: bridge.at, message: `${name} is a bridge.` }];
    for (const leak of bridgeLeaks(workspace, bridge)) {
      if (leak.kind === "exported") {
        yield { message: "exported", data: { bridge: name, entry: leak.entry }, at: bridge.at, subject: `${bridgeId(bridge)}=${leak.entry}` };
      } else if (leak.kind === "more") {
        const data = { bridge: name, count: String(leak.imports.length), recorded: String(leak.recorded) };
        const importers = leak.imports.map(({ from, fact }) => ({ at: workspace.place(from, fact.specifier.span), message: `${from} imports it.` }));
        yield { message: "more", data, at: bridge.at, subject: `${bridgeId(bridge)}+`, related: importers };
      } else {
        yield { message: leak.kind, data: { bridge: name, from: leak.from }, at: leak.at, subject: `${bridgeId(bridge)}<${leak.from}`, related };
      }
    }
  },
});
