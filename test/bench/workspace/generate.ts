import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { host, INNGEST_PACKAGE, manifest, type Composed } from "./host.js";
import { plan, SMALLEST, type Project, type ProjectKind } from "./plan.js";
import { json, projectFiles, type GeneratedFile } from "./project.js";
import { seeded } from "./random.js";

/**
 * Makes a workspace of the preset `rawr-hq` with exactly `count` TypeScript files, file by file.
 *
 * @remarks One manifest, a host with all four route families and their tests, and projects of every layer whose imports follow the layer
 * matrix. Every file has its own code, written by a small grammar: the same seed makes the same bytes.
 */
export function* generate(count: number, seed: string): Generator<GeneratedFile> {
  if (count < SMALLEST) throw new RangeError(`A workspace needs at least ${String(SMALLEST)} files, not ${String(count)}.`);
  const random = seeded(seed);
  const fixed = Object.keys(INNGEST_PACKAGE).length + Object.keys(host({ api: [], workflows: [] })).length + 1;
  const projects = plan(random, count - fixed);
  yield* rootFiles(projects);
  yield* Object.entries(INNGEST_PACKAGE).map(([path, text]) => ({ path: `packages/platform-inngest/${path}`, text }));
  yield json("packages/platform-inngest/package.json", {
    name: "@rawr/platform-inngest",
    private: true,
    type: "module",
    exports: { ".": "./src/index.ts" },
  });
  for (const project of projects) yield* projectFiles(project, seed);
  const composition = { api: composed(projects, "api"), workflows: composed(projects, "workflows") };
  yield* Object.entries(host(composition)).map(([path, text]) => ({ path: `apps/server/${path}`, text }));
  yield json("apps/server/package.json", { name: "@rawr/server", private: true, type: "module" });
  yield json("apps/server/tsconfig.json", { extends: "../../tsconfig.base.json", include: ["src", "test"] });
  yield { path: "rawr.hq.ts", text: manifest(composition) };
}

/** Writes a generated workspace into a folder. */
export function writeWorkspace(folder: string, count: number, seed: string): void {
  for (const { path, text } of generate(count, seed)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function* rootFiles(projects: readonly Project[]): Generator<GeneratedFile> {
  const globs = [...new Set(projects.map((project) => `${project.recipe.root}/*`))];
  yield json("package.json", { name: "@rawr/workspace", private: true, type: "module", workspaces: globs });
  const packages = projects.filter((project) => project.recipe.kind === "package" && project.entry !== "subpaths");
  const paths = Object.fromEntries(packages.slice(0, 20).map((project) => [project.packageName, [`./${project.folder}/src/index.ts`]]));
  const compilerOptions = {
    target: "ES2022",
    module: "ESNext",
    moduleResolution: "Bundler",
    jsx: "react-jsx",
    strict: true,
    skipLibCheck: true,
    paths,
  };
  yield json("tsconfig.base.json", { compilerOptions });
  yield { path: ".gitignore", text: "node_modules\ndist\n.cache\n" };
  yield { path: "README.md", text: `# A generated workspace\n\n${String(projects.length)} projects.\n` };
}

function composed(projects: readonly Project[], kind: ProjectKind): Composed[] {
  return projects
    .filter((project) => project.recipe.kind === kind)
    .map((project) => ({ packageName: project.packageName, capability: project.name }));
}
