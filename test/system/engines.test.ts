import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { Folder } from "../folder.js";
import { run } from "../hosts/command.js";
import { Consumer, commitAll } from "../hosts/consumer.js";

const projects = ["packages/core", "packages/state", "plugins/web/run-board", "apps/server"] as const;
const script = "drift-guard-facts";

const engines = {
  turbo: { install: "turbo@2.11.11", recipe: "turborepo/turbo.json", command: ["turbo", "run", script], cached: /^Cached: +(\d+) cached, (\d+) total/mu },
  nx: { install: "nx@24.0.6", recipe: "nx/nx.json", command: ["nx", "run-many", "-t", script], cached: /^ *Cache: +(\d+)\/(\d+) hit/mu },
} as const;

/** The engines' packages, fetched once: they are large, and nothing else needs them. */
let installed: Folder;
beforeAll(() => {
  installed = new Folder({ "package.json": '{ "private": true }' });
  const packages = Object.values(engines).map(({ install }) => install);
  const { code, output } = run(installed.root, "npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", ...packages]);
  if (code !== 0) throw new Error(output);
});
afterAll(() => {
  installed.delete();
});

describe.each(Object.entries(engines))("facts as tasks of %s", (name, { recipe, command, cached }) => {
  test("are replayed while nothing changes, recomputed for the one project that does, and joined to the same answer", () => {
    using workspace = new Consumer();
    workspace.takeRecipe(recipe, path.basename(recipe));
    workspace.write(".gitignore", "node_modules/\n.drift-guard/\n.turbo/\n.nx/\n");
    workspace.write("package.json", JSON.stringify({ name: "rawr-hq", private: true, type: "module", packageManager: "pnpm@10.34.9" }));
    for (const project of projects) {
      const file = `${project}/package.json`;
      const scripts = { [script]: `drift-guard facts --project . -o .drift-guard/facts` };
      workspace.write(file, JSON.stringify({ ...(JSON.parse(workspace.read(file)) as object), scripts }, undefined, 2));
    }
    link(workspace, name);
    // Drift that is found through what several projects say.
    workspace.write("packages/core/src/role.ts", "export const role = (p: { rawr: { templateRole?: string } }) => p.rawr.templateRole;\n");
    workspace.environment = { TURBO_TELEMETRY_DISABLED: "1", NX_DAEMON: "false", NX_NO_CLOUD: "true" };
    commitAll(workspace);

    const [program, ...args] = command;
    const facts = (): readonly (string | undefined)[] => {
      const { code, output } = workspace.run(program, args);
      expect(code, output).toBe(0);
      return cached.exec(output)?.slice(1) ?? [output];
    };
    expect(facts()[0]).toBe("0");
    expect(facts()).toEqual(["4", "4"]);
    workspace.edit("packages/core/src/role.ts", "role", "part");
    expect(facts()).toEqual(["3", "4"]);

    const check = (...flags: readonly string[]): string => {
      const { stdout } = workspace.run("drift-guard", ["check", "--no-cache", "-f", "json", ...flags]);
      return stdout.replace(/"ms": \d+/u, '"ms": 0');
    };
    const joined = check("--facts", "{apps,packages,plugins/*}/*/.drift-guard/facts");
    expect(joined).toContain("no-legacy-metadata-key");
    expect(joined).toBe(check());
  });
});

function link(workspace: Consumer, name: string): void {
  mkdirSync(workspace.at("node_modules/.bin"), { recursive: true });
  for (const place of [name, `.bin/${name}`]) symlinkSync(installed.at(`node_modules/${place}`), workspace.at(`node_modules/${place}`));
}
