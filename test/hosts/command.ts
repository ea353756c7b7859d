import { spawnSync } from "node:child_process";

/** What came of a command. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, for messages. */
  readonly output: string;
}

/** Variables of the repository, package script or test runner that the tests run from. */
const ours = /^(?:GIT_|GITHUB_|npm_|pnpm_|PNPM_|VITEST|NODE_ENV$|NODE_OPTIONS$|FORCE_COLOR$|CI$)/u;

/** Runs a command to its end in an environment that holds nothing of ours. */
export function run(cwd: string, command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Outcome {
  const inherited = Object.entries(process.env).filter(([name]) => !ours.test(name));
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    env: { ...Object.fromEntries(inherited), NO_COLOR: "1", GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1", ...env },
  });
  if (error !== undefined) throw error;
  return { code: status, stdout, stderr, output: stdout + stderr };
}
