import type { Path } from "../../files/path.js";
import { bridgeId, bridgeImports, bridgeName, type BridgeSign } from "../bridges.js";
import { daysBetween, printExit } from "../exit.js";
import type { Place, Workspace } from "../workspace.js";

/** One line of the ledger: what somebody wants to see who takes bridges down. */
export interface LedgerEntry {
  /** What the baseline calls it. */
  readonly id: string;
  /** How people call it. */
  readonly name: string;
  readonly sign: BridgeSign;
  readonly at: Place;
  readonly owner?: string;
  /** When it goes: dates and conditions, and `prose` where a comment says it in words. */
  readonly criteria: readonly string[];
  /** The day since which it stands, and how many days that is; absent where nobody knows. */
  readonly since?: string;
  readonly days?: number;
  /** The modules that still import it, tests aside. */
  readonly importers: readonly Path[];
}

/**
 * Every bridge of a workspace, the oldest first.
 *
 * @param dayOf the day on which a place was written, where somebody knows
 */
export function bridgeLedger(workspace: Workspace, dayOf: (at: Place) => string | undefined): readonly LedgerEntry[] {
  const entries = workspace.bridges.map((bridge): LedgerEntry => {
    const { sign, at, owner, exits, hasProse } = bridge;
    const since = dayOf(at);
    return {
      id: bridgeId(bridge),
      name: bridgeName(bridge),
      sign,
      at,
      ...(owner !== undefined && { owner }),
      criteria: [...exits.map(({ exit }) => printExit(exit)), ...(hasProse ? ["prose"] : [])],
      ...(since !== undefined && { since, days: daysBetween(since, workspace.now) }),
      importers: [...new Set(bridgeImports(workspace, bridge).map(({ from }) => from))].sort(),
    };
  });
  return entries.toSorted((a, b) => (b.days ?? -1) - (a.days ?? -1));
}
