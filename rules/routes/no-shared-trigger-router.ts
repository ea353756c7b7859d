import { defineRule } from "../../src/rule/rule.js";
import { madeOf, Makings } from "../../src/workspace/made-of.js";
import type { Located } from "../../src/workspace/workspace.js";
import { links, originSteps, routes, stepAt } from "./family.js";

/** Workflows are triggered by other callers than those of /rpc: what both share, each can reach. */
export const noSharedTriggerRouter = defineRule({
  name: "no-shared-trigger-router",
  family: routes,
  summary: "`workflows.triggerRouter` is not `orpc.router`: neither the same value nor two calls of the same factory.",
  decisions: ["D-006"],
  languages: ["source"],
  fixable: false,
  severity: "error",
  messages: {
    shared: "The workflows' trigger router is made of the same as the rpc router.",
  },
  help: {
    shared: "Give the manifest's workflows.triggerRouter a router of its own, with the workflows' trigger procedures only.",
  },

  subjects: ({ workspace }) => workspace.seam("workflows.triggerRouter"),

  *check(trigger: Located, { workspace }) {
    const own = madeOf(workspace, trigger);
    const routers = workspace.seam("orpc.router").map((at) => ({ at, makings: new Makings(workspace, madeOf(workspace, at)) }));
    const found = routers.find(({ makings }) => makings.include(own));
    if (found === undefined) return;
    const { at: router, makings } = found;
    const at = workspace.place(trigger.file, trigger.expression.span);
    const related = [{ at: workspace.place(router.file, router.expression.span), message: "the rpc router is made here" }];
    const chain = links([...originSteps(makings.sharedWith(own)), stepAt(trigger, "it is the workflows' trigger router here"), stepAt(router, "and the rpc router here")], workspace);
    yield { message: "shared", data: {}, at, subject: "workflows.triggerRouter", related, chain };
  },
});
