import { defineRule } from "../../src/rule/rule.js";
import { bridgeId, bridgeName } from "../../src/workspace/bridges.js";
import { bridgeLeaks } from "../../src/workspace/bridges/leaks.js";
import { convergence } from "./family.js";

/** What anybody may import is never taken down: each new importer is one more who has to move. */
export const noBridgeLeak = defineRule({
  name: "no-bridge-leak",
  family: convergence,
  summary: "A bridge is imported only by its listed importers, never through a barrel or an unlisted package export.",
  decisions: ["D-005"],
  languages: ["source"],
  fixable: false,
  severity: "error",
  dwindling: true,
  messages: {
    importer: "{{from}} must not import {{bridge}}: it is none of the bridge's listed importers.",
    barrel: "{{from}} must not pass on {{bridge}}: through a barrel anybody can import the bridge.",
    exported: '{{bridge}} must not be offered as "{{entry}}" to everybody: it is a bridge without listed importers.',
  },
  help: {
    importer: "Import what the bridge leads to; who still needs it is listed by @importers or in convergence.bridges.",
    barrel: "Let the importers that are left import the bridge itself, and list them.",
    exported: "List with @importers who still needs it, or take it out of the package's exports.",
  },

  subjects: ({ workspace }) => workspace.bridges,

  *check(bridge, { workspace }) {
    const name = bridgeName(bridge);
    const related = [{ at: bridge.at, message: `${name} is a bridge.` }];
    for (const leak of bridgeLeaks(workspace, bridge)) {
      if (leak.kind === "exported") yield { message: "exported", data: { bridge: name, entry: leak.entry }, at: bridge.at, subject: `${bridgeId(bridge)}=${leak.entry}` };
      else yield { message: leak.kind, data: { bridge: name, from: leak.from }, at: leak.at, subject: `${bridgeId(bridge)}<${leak.from}`, related };
    }
  },
});
