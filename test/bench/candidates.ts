import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { rules } from "../../rules/index.js";
import { ownPackage } from "../../src/files/package.js";
import type { Rule } from "../../src/rule/rule.js";
import { runToEnd, type Program, type Usage } from "./measure.js";
import type { Peers } from "./peers.js";
import { median } from "./table.js";
import type { Size } from "./workspace-size.js";

/** Something that is measured. */
export interface Candidate extends Program {
  /** It leaves the work to processes of its own. */
  readonly isFamily?: boolean;
  /** What must be as it is before each run. */
  readonly before?: (scratch: string) => void;
  readonly after?: () => void;
  /** For what is no run of a program: what one of its answers takes. */
  readonly answers?: () => Promise<Usage>;
}

/** The rules that need the graph of imports and nothing else. */
const IMPORT_RULES: ReadonlySet<string> = new Set([
  ...["no-upward-import", "no-plugin-to-plugin-import", "no-cross-project-relative-import", "no-unprovable-import"],
]);

const repository = ownPackage().folder;
/** What is published, not what stands around the bench itself. */
const dist = join(repository, "dist");

/** Everything that is measured on a workspace. */
export function candidates(
  root: string,
  { module }: Size,
  scratch: string,
  peers: Peers | undefined,
): { readonly bare: Candidate; readonly others: readonly Candidate[] } {
  const bin = join(dist, "src/cli/bin.js");
  const check = (name: string, ...flags: readonly string[]): Candidate => {
    return { name: `drift-guard ${name}`, script: bin, args: ["check", "--root", root, ...flags], accepts: [0, 1] };
  };
  const without = (what: string, isLeftOut: (rule: Rule) => boolean): Candidate =>
    check(`cold, without ${what}`, "--no-cache", "--config", turningOff(rules.filter(isLeftOut), join(scratch, `${what}.json`)));
  const ours: readonly Candidate[] = [
    check("cold", "--no-cache"),
    without("the routes", ({ family }) => family.name === "routes"),
    without("the rules on imports", ({ name }) => IMPORT_RULES.has(name)),
    without("the search for copies", ({ name }) => name === "no-duplicate-authority"),
    { ...check("with one file changed"), before: () => { fill(bin, root); edit(module); } },
    { ...check("warm"), before: () => { fill(bin, root); } },
    strokes(root, module),
  ];
  return {
    bare: { name: "read and parse", script: join(import.meta.dirname, "parse-only.js"), args: [root], accepts: [0] },
    others: peers === undefined ? ours : [...ours, ...linters(root, scratch), ...others(root, peers)],
  };
}

/** Writes a config that turns rules off; it says nothing else, so that the preset is detected as before. */
function turningOff(some: readonly Rule[], file: string): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ rules: Object.fromEntries(some.map(({ name }) => [name, "off"])) }));
  return file;
}

/** Runs a check so that the next one finds the workspace as it was. */
function fill(bin: string, root: string): void {
  spawnSync(process.execPath, [bin, "check", "--root", root]);
}

let edits = 0;

/** A change that is one: code, not a comment. */
function edit(file: string): void {
  const text = readFileSync(file, "utf8").replace(/\nexport const benched = \d+;\n$/u, "\n");
  edits += 1;
  writeFileSync(file, `${text}export const benched = ${String(edits)};\n`);
}

function strokes(root: string, module: string): Candidate {
  const program: Program = {
    name: "drift-guard in the editor, one keystroke",
    script: join(import.meta.dirname, "keystrokes.js"),
    args: [root, relative(root, module)],
    accepts: [0],
  };
  return {
    ...program,
    answers: async () => {
      const times = JSON.parse(await runToEnd(program)) as { readonly cpu: number; readonly wall: number }[];
      return { cpu: median(times.map(({ cpu }) => cpu)), wall: median(times.map(({ wall }) => wall)), rss: Number.NaN };
    },
  };
}

function linters(root: string, scratch: string): readonly Candidate[] {
  mkdirSync(scratch, { recursive: true });
  const parser = pathToFileURL(join(repository, "node_modules/@typescript-eslint/parser/dist/index.js")).href;
  const base = `{ files: ["**/*.{ts,tsx}"], languageOptions: { parser }, rules: { "no-debugger": "error" } }`;
  const write = (name: string, head: string, entries: string): string => {
    const file = join(scratch, `${name}.mjs`);
    writeFileSync(file, `import parser from ${JSON.stringify(parser)};\n${head}\nexport default [${entries}];\n`);
    return file;
  };
  const driftGuard = `import driftGuard from ${JSON.stringify(pathToFileURL(join(dist, "src/index.js")).href)};`;
  const config = { without: write("without", "", base), with: write("with", driftGuard, `${base}, ...driftGuard.configs.recommended`) };
  const eslint = (name: string, file: string): Candidate => ({
    name,
    script: join(repository, "node_modules/eslint/bin/eslint.js"),
    args: ["--config", file, "."],
    accepts: [0, 1],
    cwd: root,
  });
  return [
    eslint("ESLint, one rule, without drift-guard", config.without),
    { ...eslint("drift-guard in ESLint, warm, ESLint's own time included", config.with), before: () => { configure(root); } },
    { ...eslint("drift-guard in ESLint, cold, ESLint's own time included", config.with), before: () => { forget(root); } },
  ];
}

/** Reads the presets once, so that ESLint finds the workspace as it was. */
function configure(root: string): void {
  const plugin = JSON.stringify(pathToFileURL(join(dist, "src/index.js")).href);
  spawnSync(process.execPath, ["--input-type=module", "-e", `import plugin from ${plugin}; plugin.configs.recommended;`], { cwd: root });
}

/** Takes drift-guard's cache away. */
function forget(root: string): void {
  rmSync(join(root, "node_modules/.cache/drift-guard"), { recursive: true, force: true });
}

function others(root: string, peers: Peers): readonly Candidate[] {
  return [
    peers.cruiser(root),
    peers.boundaries(root),
    // Its own cache is left to it while it is measured, but it is no file of the workspace for the others.
    { ...peers.fallow(root), isFamily: true, after: () => { rmSync(join(root, ".fallow"), { recursive: true, force: true }); } },
  ];
}
