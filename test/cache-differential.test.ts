import { mkdirSync, renameSync, utimesSync } from "node:fs";
import path from "node:path";
import { ESLint } from "eslint";
import { expect, it, onTestFinished } from "vitest";
import { rules } from "../rules/index.js";
import { createPlugin } from "../src/eslint/plugin.js";
import type { Report } from "../src/rule/finding.js";
import { run } from "../src/run.js";
import { seeded, type Random } from "./bench/workspace/random.js";
import { runCli } from "./cli/run-cli.js";
import { Folder } from "./folder.js";

/** As many edits as are tried, each of them answered four ways. */
const STEPS = 200;

/** Another seed tells another story: `DRIFT_GUARD_SEED=42 vitest run test/cache-differential.test.ts`. */
const SEED = process.env["DRIFT_GUARD_SEED"] ?? "convergence";

const packages = ["core", "relay", "links"] as const;
const plugins = ["a", "b", "c"] as const;

/** Code that breaks laws, keeps them, or decides whether other files do. */
const codes: readonly [string, ...string[]] = [
  "export const one = 1;\n",
  "export const two = 2;\n// A comment makes no difference.\n",
  'import { one } from "@acme/core";\nexport const held = one;\n',
  'export * from "@acme/plugin-a";\n',
  'export { b } from "@acme/plugin-b";\n',
  'import "@acme/plugin-c";\nexport const c = 3;\n',
  'import { one } from "../../core/src/index.js";\nexport const near = one;\n',
  'const name = "@acme/plugin-" + "a";\nexport const late = () => import(name);\n',
  "export const role = (plugin: { rawr: { templateRole?: string } }) => plugin.rawr.templateRole;\n",
  '// eslint-disable-next-line drift-guard/no-legacy-metadata-key -- moves in #4 (owner: @core, until: 2026-12-01)\nexport const r = (p: { rawr: { templateRole?: string } }) => p.rawr.templateRole;\n',
  '/**\n * @bridge Keeps the old name alive.\n * @owner @core\n * @retire-when no-importers\n * @retire-by 2026-05-01\n */\nexport { one } from "@acme/core";\n',
  `export function long(input: readonly string[]): string {\n${Array.from({ length: 14 }, (_, at) => `  if (input[${String(at)}] === "${String(at)}") return "found ${String(at)}";`).join("\n")}\n  return "";\n}\n`,
  'import "./missing.js";\nimport "@acme/nowhere";\n',
  "",
  "export const broken = ;\n",
];

function manifest(name: string, random: Random): string {
  const rawr = random.pick([{ kind: "web", capability: name }, { kind: "toolkit", capability: name }, { kind: "web", templateRole: "x" }, undefined]);
  return JSON.stringify({ name: `@acme/plugin-${name}`, exports: "./src/index.ts", ...(rawr && { rawr }) }, undefined, random.int(0, 2));
}

const config = {
  extends: "none",
  layout: {
    pluginRoots: { "plugins/web/*": "web" },
    layers: { package: ["packages/*"], plugin: ["plugins/*/*"] },
    tests: ["**/*.test.*"],
  },
  metadata: { required: true, kinds: ["web", "toolkit"], legacyKeys: ["templateRole"] },
  authority: { mayImport: { package: ["package"], plugin: ["package"] } },
};

const configs: readonly [string, ...string[]] = [
  JSON.stringify(config),
  JSON.stringify({ ...config, rules: { "no-upward-import": "warn", "no-legacy-metadata-key": "off" } }),
  JSON.stringify({ ...config, exclude: ["plugins/web/b/**"] }),
  JSON.stringify({ ...config, metadata: { ...config.metadata, kinds: ["toolkit"] } }),
  JSON.stringify({ ...config, layout: { ...config.layout, layers: { package: ["packages/*", "plugins/web/c"], plugin: ["plugins/*/a"] } } }),
  "{ broken",
];

const folders = [...packages.map((name) => `packages/${name}`), ...plugins.map((name) => `plugins/web/${name}`)] as const;
const names = ["index.ts", "more.ts", "view.tsx", "script.js", "index.test.ts"] as const;

function begin(): Folder {
  const folder = new Folder({
    "package.json": '{ "name": "acme", "private": true, "type": "module", "workspaces": ["packages/*", "plugins/web/*"] }\n',
    "drift-guard.config.json": configs[0],
    ".gitignore": "node_modules\nscratch\n",
  });
  for (const name of packages) folder.write(`packages/${name}/package.json`, `{ "name": "@acme/${name}", "exports": "./src/index.ts" }\n`);
  for (const name of plugins) folder.write(`plugins/web/${name}/package.json`, manifest(name, seeded(name)));
  for (const [at, where] of folders.entries()) folder.write(`${where}/src/index.ts`, codes[at % 4] ?? "");
  return folder;
}

/** One edit of the kind that people, tools and version control make; says what it did. */
function edit(folder: Folder, random: Random, trash: Map<string, string>): string {
  const sources = folder.list().filter((file) => file.includes("/src/"));
  const file = random.any(sources) ?? "packages/core/src/index.ts";
  const where = `${random.any(folders) ?? folders[0]}/src/${random.any(names) ?? names[0]}`;
  const keep = (path: string): void => void (trash.has(path) || !folder.list().includes(path) || trash.set(path, folder.read(path)));
  switch (random.int(0, 11)) {
    case 0:
    case 1:
      keep(where);
      folder.write(where, random.pick(codes));
      return `write ${where}`;
    case 2:
    case 3:
      keep(file);
      folder.write(file, random.pick(codes));
      return `change ${file}`;
    case 4: {
      // Of the same length, and with the time of the last change set back.
      const text = folder.read(file);
      folder.write(file, random.chance(0.5) ? text.replace("plugin-a", "plugin-b") : text.replace("plugin-b", "plugin-a"));
      utimesSync(folder.at(file), new Date(1e12), new Date(1e12));
      return `change ${file} without a trace`;
    }
    case 5:
      if (sources.length < 5) return "nothing";
      keep(file);
      mkdirSync(path.dirname(folder.at(where)), { recursive: true });
      renameSync(folder.at(file), folder.at(where));
      return `rename ${file} to ${where}`;
    case 6:
      if (sources.length < 5) return "nothing";
      keep(file);
      folder.remove(file);
      return `delete ${file}`;
    case 7: {
      const [old] = random.sample([...trash], 1);
      if (old === undefined) return "nothing";
      folder.write(old[0], old[1]);
      trash.delete(old[0]);
      return `revert ${old[0]}`;
    }
    case 8: {
      const text = random.pick(configs);
      folder.write("drift-guard.config.json", text);
      return `configure ${text}`;
    }
    case 9: {
      const name = random.pick(plugins);
      folder.write(`plugins/web/${name}/package.json`, manifest(name, random));
      return `describe plugin ${name}`;
    }
    case 10:
      folder.write(".gitignore", random.pick(["node_modules\nscratch\n", "node_modules\nscratch\nmore.ts\n", "node_modules\nscratch\n*.js\n"]));
      return "ignore something else";
    default: {
      const then = new Date(Date.now() + random.int(-1e9, 1e9));
      utimesSync(folder.at(file), then, then);
      return `touch ${file}`;
    }
  }
}

type Said = Pick<Report, "findings" | "problems" | "examined">;

/** What is the same in every run of the same workspace. */
function comparable({ findings, problems, examined }: Said): unknown {
  const lines = findings.map(({ rule, file, line, column, endLine, endColumn, severity, key, message }) =>
    [file, line, column, endLine, endColumn, rule, severity, key, message].join(" "),
  );
  return { lines, problems: problems.map(({ file = "", line = 0, message }) => `${file} ${String(line)} ${message}`), examined };
}

interface Linted {
  /** Sorted. */
  readonly messages: readonly string[];
  /** Files that ESLint's parsers cannot read. */
  readonly unparsable: ReadonlySet<string>;
}

async function lint({ root }: Folder, cache: boolean): Promise<Linted> {
  const eslint = new ESLint({
    cwd: root,
    cache,
    cacheLocation: path.join(root, "scratch/eslint"),
    overrideConfigFile: true,
    overrideConfig: createPlugin(rules).configs.recommended,
    errorOnUnmatchedPattern: false,
  });
  const messages: string[] = [];
  const unparsable = new Set<string>();
  for (const { filePath, messages: found } of await eslint.lintFiles(["."])) {
    const file = path.relative(root, filePath).replaceAll(path.sep, "/");
    for (const { ruleId, fatal = false, line, column, severity, message } of found) {
      if (fatal) unparsable.add(file);
      else if (ruleId !== null) messages.push(`${file}:${String(line)}:${String(column)} ${String(severity)} ${ruleId} ${message}`);
    }
  }
  return { messages: messages.sort(), unparsable };
}

/** What ESLint has to say where the findings are these: those in files that it lints and can parse. */
function expectedOfLint({ findings }: Said, { unparsable }: Linted): readonly string[] {
  return findings
    .filter(({ file }) => /\.(?:[cm]?[jt]sx?)$|(?:^|\/)package\.json$|^drift-guard\.config\.json$/u.test(file) && !unparsable.has(file))
    .map(({ rule, file, line, column, severity, message }) => {
      return `${file}:${String(line)}:${String(column)} ${severity === "error" ? "2" : "1"} drift-guard/${rule} ${message}`;
    })
    .sort();
}

it(`finds the same warm, cold and through eslint --cache after each of ${String(STEPS)} edits`, async () => {
  using folder = begin();
  // The presets speak of the workspace around the working folder.
  const home = process.cwd();
  process.chdir(folder.root);
  onTestFinished(() => {
    process.chdir(home);
  });
  const random = seeded(SEED);
  const trash = new Map<string, string>();
  const story: string[] = [];
  let seen = 0;
  for (let step = 0; step < STEPS; step += 1) {
    story.push(edit(folder, random, trash));
    const tale = (): string => `seed ${SEED}, after ${story.slice(-8).join("; ")}`;
    const cold = run({ root: folder.root });
    const warm = await runCli(["-f", "json"], { cwd: folder.root });
    expect(comparable(JSON.parse(warm.stdout) as Report), tale()).toEqual(comparable(cold));
    if (random.chance(0.3)) {
      const again = await runCli(["-f", "json"], { cwd: folder.root });
      expect(comparable(JSON.parse(again.stdout) as Report), tale()).toEqual(comparable(cold));
    }
    const linted = await lint(folder, true);
    if (cold.problems.length === 0) expect(linted.messages, tale()).toEqual(expectedOfLint(cold, linted));
    // What is to be said of a workspace that cannot be judged is ESLint's own to say.
    else expect(linted, tale()).toEqual(await lint(folder, false));
    seen += cold.findings.length;
  }
  // A story in which nothing is found proves nothing.
  expect(seen / STEPS).toBeGreaterThan(1);
}, 300_000);
