import { defineRule } from "../../src/rule/rule.js";
import { isHost, links, mountPlace, mountsByCall, routes, wayTo } from "./family.js";

/** A path that nobody can read out of the code belongs to no family that anybody can check. */
export const noUnprovableMount = defineRule({
  name: "no-unprovable-mount",
  family: routes,
  summary: "Every path mounted in a host file can be resolved.",
  decisions: ["D-005"],
  languages: ["source"],
  fixable: false,
  severity: "error",
  messages: {
    path: "The path that is mounted here cannot be proven: {{reason}}.",
  },
  help: {
    path: "Spell the path as a constant, or build it of constants, so that its family can be told.",
  },

  *subjects({ workspace, policy }) {
    for (const mounts of mountsByCall(workspace.mounts)) if (mounts.some(({ file }) => isHost(file, policy, workspace))) yield mounts;
  },

  *check(mounts, { workspace }) {
    const mount = mounts.find(({ blocked }) => blocked !== undefined);
    if (mount?.blocked === undefined) return;
    const { at: step, reason, steps } = mount.blocked;
    const blocking = workspace.place(step.file, step.span);
    const isHere = step.file === mount.file;
    const related = [...steps, step].map(({ file, span, note }) => ({ at: workspace.place(file, span), message: note }));
    yield { message: "path", data: { reason }, at: isHere ? blocking : mountPlace(mount, workspace), subject: "path", related, chain: links([step, ...steps.toReversed(), ...wayTo(mount, "the path is mounted here")], workspace) };
  },
});
