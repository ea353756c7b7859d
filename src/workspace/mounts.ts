import type { Path } from "../files/path.js";
import type { Code } from "./code.js";
import type { CodeQuestions } from "./code-questions.js";
import { Apps } from "./mounts/apps.js";
import { composeMounts } from "./mounts/compose.js";
import { Run } from "./mounts/run.js";
import { Scan } from "./mounts/scan.js";
import type { Located, Step, Workspace } from "./workspace.js";

/** The server frameworks whose apps are known. */
export type Framework = "elysia" | "hono" | "express" | "fastify" | "bun";

/**
 * A call that makes a server app answer at a path.
 *
 * One call gives one mount for each handler that it can register (a table that a loop mounts gives one per row) and for each app that
 * its own app is part of.
 */
export interface Mount {
  /** Where the mounting call stands. */
  readonly file: Path;
  /** The mounting call (the property of a route table, for `Bun.serve`); read in the circumstances that lead to this mount. */
  readonly call: Located;
  readonly framework: Framework;
  /** What it is mounted on, and how that is known to be an app. */
  readonly receiver: Located;
  readonly evidence: string;
  /** The outermost app that answers: mounts with the same one are of the same server. */
  readonly app: string;
  /** The expression that spells the call's own path; absent where the call has none, such as `.mount(handler)`. */
  readonly pathAt?: Located;
  /** Every full path, after all prefixes, normalised: starts with `/`, ends without one. With `blocked` these are not all. */
  readonly paths: readonly MountedPath[];
  /** Why the path cannot be proven, and the expression that blocks the proof. */
  readonly blocked?: { readonly at: Step; readonly reason: string; readonly steps: readonly Step[] };
  /** Whether everything below the path is answered too (`.mount`, `app.use(path, …)`). */
  readonly subtree: boolean;
  /** Upper case; `"all"` for every method. */
  readonly methods: readonly string[] | "all";
  /** What answers: a function, or a value such as `rpcHandler.handler`; absent where the call names none. */
  readonly handler?: Located;
  /** The argument with the options of the route (`{ beforeHandle, parse }`, `{ preHandler }`), where there is one. */
  readonly options?: Located;
  /** What the framework runs before the handler, in the order in which it runs. */
  readonly hooks: readonly Hook[];
  /** `prefix:` options of the oRPC handlers that the handler calls. */
  readonly handlerPrefixes: readonly Located[];
  /** The calls that lead from the code that makes the server to this mount, outermost first; the mounting call is the last. */
  readonly through: readonly Located[];
  /** Position in the order of registration; compares mounts of one app. */
  readonly order: number;
}

/** One full path that a mount answers at. */
export interface MountedPath {
  readonly path: string;
  /** What it is put together from, outermost prefix first. */
  readonly parts: readonly PathPart[];
}

/** What one call contributes to a path. */
export interface PathPart {
  readonly text: string;
  /** The call that contributes it; where a helper gets the text as an argument, the call of the helper. */
  readonly call: Located;
  readonly at: Located;
  readonly steps: readonly Step[];
}

/** Code that a framework runs before a handler. */
export interface Hook {
  /** How it was registered: `middleware` (also preHandler, onRequest), Elysia's own names otherwise. */
  readonly kind: "middleware" | "onRequest" | "beforeHandle" | "resolve" | "derive" | "transform";
  /** The function, or a value that is one. */
  readonly at: Located;
  /** The call that registers it. */
  readonly call: Located;
  /** Whether it is proven to run for every request that the mount answers; false when a path pattern limits it or is not known. */
  readonly certain: boolean;
}

/** Finds every mount outside tests, in order of registration within each app. */
export function findMounts(
  workspace: Workspace,
  { index, enter }: Pick<CodeQuestions, "index" | "enter">,
  { importersOf }: Pick<Code, "importersOf">,
): readonly Mount[] {
  const { source, facet, linksIn, body, resolve, isTest, exported, valueOf, originsOf, callersOf, membersOf, paths } = workspace;
  const ask = { source, facet, linksIn, body, resolve, importersOf, isTest, exported, valueOf, originsOf, callersOf, membersOf, paths, index, enter };
  const run = new Run(ask, new Apps(ask), new Scan(ask));
  run.all();
  return composeMounts(ask, run);
}
