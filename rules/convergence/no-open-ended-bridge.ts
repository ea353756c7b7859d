import { defineRule } from "../../src/rule/rule.js";
import { bridgeId, bridgeName, type Bridge, type BridgeSign } from "../../src/workspace/bridges.js";
import { convergence } from "./family.js";

/** A bridge without an end is a second way of doing things, and soon the one that new code takes. */
export const noOpenEndedBridge = defineRule({
  name: "no-open-ended-bridge",
  family: convergence,
  summary: "Every compatibility bridge says when it goes.",
  decisions: ["D-005"],
  languages: ["source", "config"],
  fixable: false,
  severity: "error",
  dwindling: true,
  messages: {
    openEnded: "{{bridge}} {{sign}}, and nothing says when it goes.",
    ownerless: "{{bridge}} {{sign}}, and nobody is named who takes it down.",
    unreadable: '{{bridge}} says when it goes with "{{text}}", which {{reason}}.',
    legacy: '{{bridge}} {{sign}} for the legacy metadata key "{{key}}", and there are no bridges for these.',
  },
  help: {
    openEnded:
      'Say it where the bridge stands (@retire-by <date>, @retire-when <condition>, or "Remove once …"), register it in convergence.bridges, or delete it.',
    ownerless: "Name the owner: @owner beside @bridge, or owner in the registry.",
    unreadable: "Correct the condition, so that it can be judged.",
    legacy: "Delete the bridge; runtime semantics stand in rawr.kind, rawr.capability and the manifest.",
  },

  subjects: ({ workspace }) => workspace.bridges,

  *check(bridge) {
    const about = { at: bridge.at, subject: bridgeId(bridge) };
    const data = { bridge: bridgeName(bridge), sign: SIGNS[bridge.sign] };
    if (bridge.legacyKey !== undefined) {
      yield { message: "legacy", data: { ...data, key: bridge.legacyKey }, ...about };
      return;
    }
    for (const { text, reason, at } of bridge.faults) {
      yield { message: "unreadable", data: { ...data, text, reason }, at, subject: `${about.subject}=${text}` };
    }
    if (isOpenEnded(bridge)) yield { message: "openEnded", data, ...about };
    else if (needsOwner(bridge) && bridge.owner === undefined) yield { message: "ownerless", data, ...about };
  },
});

/** How a sentence goes on that begins with a bridge's name. */
const SIGNS: Readonly<Record<BridgeSign, string>> = {
  annotated: "is marked as a bridge",
  deprecated: "is deprecated",
  described: "calls itself a bridge",
  forwarding: "only forwards to another project",
  registered: "is registered as a bridge",
};

/** An exit that cannot be read was meant as one: saying so is enough. */
function isOpenEnded({ exits, faults, hasProse }: Bridge): boolean {
  return exits.length === 0 && faults.length === 0 && !hasProse;
}

/** Prose needs no owner; tags and registry are read by machines, which have to call somebody. */
function needsOwner({ sign }: Bridge): boolean {
  return sign === "annotated" || sign === "registered";
}
