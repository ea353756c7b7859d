import { main } from "../../src/cli/main.js";
import type { ExitCode } from "../../src/cli/io.js";
import { Folder } from "../folder.js";

/** What one command line came to. */
export interface Outcome {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where a command line runs; by default no terminal and an empty environment. */
interface Surroundings {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly isTTY?: boolean;
}

/** Runs the command line in this process. */
export async function runCli(argv: readonly string[], { cwd, env = {}, isTTY = false }: Surroundings): Promise<Outcome> {
  let stdout = "";
  let stderr = "";
  const code = await main(argv, {
    cwd,
    env,
    stdout: {
      isTTY,
      write: (text) => {
        stdout += text;
      },
    },
    stderr: {
      isTTY,
      write: (text) => {
        stderr += text;
      },
    },
  });
  return { code, stdout, stderr };
}

const config = {
  extends: "none",
  layout: { pluginRoots: { "plugins/web/*": "web" } },
  metadata: { required: true, kinds: ["web", "toolkit"], legacyKeys: ["templateRole", "publishTier"] },
};

/** A plugin's package.json; `extra` goes to its top level. */
export function pluginJson(name: string, extra: Readonly<Record<string, unknown>> = {}): string {
  return `${JSON.stringify({ name: `@acme/${name}`, rawr: { kind: "web", capability: name }, ...extra }, undefined, 2)}\n`;
}

/** A small workspace in which nothing drifts. */
export const clean: Readonly<Record<string, string>> = {
  "drift-guard.config.json": `${JSON.stringify(config, undefined, 2)}\n`,
  "package.json": '{ "name": "acme", "private": true, "workspaces": ["plugins/web/*"] }\n',
  "plugins/web/a/package.json": pluginJson("a"),
  "plugins/web/a/src/index.ts": "export const a = 1;\n",
  "plugins/web/b/package.json": pluginJson("b"),
  "README.md": "# acme\n",
};

/** The same with two findings in one file and one in another. */
export const drifted: Readonly<Record<string, string>> = {
  ...clean,
  "plugins/web/a/package.json": pluginJson("a", { templateRole: "example", publishTier: "blocked" }),
  "plugins/web/b/package.json": pluginJson("b", { rawr: { kind: "toolkit", capability: "b" } }),
};

/** A workspace on disk, the small clean one with some files changed. */
export function workspace(files: Readonly<Record<string, string>> = {}, base: Readonly<Record<string, string>> = clean): Folder {
  return new Folder({ ...base, ...files });
}

/** The config with other values at its top. */
export function configWith(over: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ...config, ...over });
}

/** What the findings of a JSON report are about, in order. */
export function findingsOf({ stdout }: Outcome): readonly string[] {
  return reportOf(stdout).findings.map(({ file, rule }) => `${file} ${rule}`);
}

/** The messages of a JSON report's problems. */
export function problemsOf({ stdout }: Outcome): readonly string[] {
  return reportOf(stdout).problems.map(({ file, line, message }) => `${file ?? ""}:${line ?? ""} ${message}`);
}

interface JsonReport {
  readonly findings: readonly {
    readonly file: string;
    readonly rule: string;
    readonly state: string;
    readonly severity: string;
    readonly key: string;
  }[];
  readonly problems: readonly { readonly file?: string; readonly line?: number; readonly message: string }[];
  readonly examined: Readonly<Record<string, number>>;
  readonly summary: Readonly<Record<string, number>>;
  readonly root: string;
}

/** A JSON report, whose shape other tests hold. */
export function reportOf(stdout: string): JsonReport {
  return JSON.parse(stdout) as JsonReport;
}
