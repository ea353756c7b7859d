import type { Policy } from "../policy/policy.js";
import type { Path } from "../files/path.js";
import { guardsOf as judgeMount, type Guards } from "./guards/judge.js";
import type { Ledger } from "./ledger.js";
import type { GuardAsk, Mode } from "./guards/machine.js";
import type { Mount } from "./mounts.js";

export type { Guards, GuardVerdict, Lack } from "./guards/judge.js";

/** Answers what guards a mount, each once. */
export type GuardsQuestion = (mount: Mount, mode: Mode) => Guards;

/** What finding guards asks of the workspace. */
interface Ground extends GuardAsk {
  readonly ledger: Ledger;
  readonly policy: Pick<Policy, "routes">;
  readonly manifest: Path | undefined;
}

/**
 * Makes the question "what is decided before this mount's handler runs?".
 *
 * `signature`: whether a signature was found to be right before the Inngest handler; `gate`: whether it was asked who is calling before
 * the RPC handler.
 */
export function guardsOf(workspace: Ground): GuardsQuestion {
  const setsByFile = new Map<Path, ReadonlySet<string>>();
  const judged = (mode: Mode) => workspace.ledger.memo((mount: Mount) => judgeMount({ ask: workspace, routes: workspace.policy.routes, manifest: workspace.manifest, setsByFile }, mode, mount));
  const answers = { signature: judged("signature"), gate: judged("gate") };
  return (mount, mode) => answers[mode](mount);
}
