import type { ConvergencePolicy, Policy } from "../../src/policy/policy.js";
import type { Family } from "../../src/rule/rule.js";
import { bridgeName, type Bridge } from "../../src/workspace/bridges.js";

/** The workspace only moves forward: what is kept for those who have not moved yet says when it goes, and goes. */
export const convergence: Family<ConvergencePolicy> = {
  name: "convergence",
  sentence: "Forward only: a short compatibility bridge is allowed only with explicit retirement criteria.",
  slice: ({ convergence: own }: Policy) => own,
};

/** Names one and who takes it down, as a sentence begins. */
export function bridgeWithOwner(bridge: Bridge): string {
  return bridge.owner === undefined ? bridgeName(bridge) : `${bridgeName(bridge)} (${bridge.owner})`;
}
