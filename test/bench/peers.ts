import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Program } from "./measure.js";

/** What is measured beside drift-guard: fetched by the bench, since nothing else needs it. */
const packages = [
  "dependency-cruiser@17.4.3",
  "fallow@3.36.0",
  "eslint-plugin-boundaries@7.2.0",
  "eslint@10.15.0",
  "@typescript-eslint/parser@8.73.0",
  "typescript@6.0.3",
];

/** Import rules that the peers can express: no plugin takes another, packages take neither plugins nor apps. */
const cruiserRules = `module.exports = {
  forbidden: [
    {
      name: "no-plugin-to-plugin-import", severity: "error",
      from: { path: "^plugins/([^/]+/[^/]+)/" }, to: { path: "^plugins/", pathNot: "^plugins/$1/" },
    },
    { name: "no-upward-import", severity: "error", from: { path: "^packages/" }, to: { path: "^(plugins|apps|services)/" } },
  ],
  options: { doNotFollow: { path: "node_modules" }, tsPreCompilationDeps: true },
};
`;

const boundaries = `import boundaries from "eslint-plugin-boundaries";
import parser from "@typescript-eslint/parser";
const layers = ["packages", "services", "plugins", "apps"];
export default [
  {
    files: ["**/*.{ts,tsx}"],
    languageOptions: { parser },
    plugins: { boundaries },
    settings: {
      "boundaries/elements": [
        { type: "packages", pattern: "packages/*" },
        { type: "services", pattern: "services/*" },
        { type: "plugins", pattern: "plugins/*/*" },
        { type: "apps", pattern: "apps/*" },
      ],
    },
    rules: {
      "boundaries/dependencies": [2, {
        default: "disallow",
        policies: layers.map((type, at) => ({
          from: { element: { type } }, allow: { to: { element: { types: { anyOf: layers.slice(0, at + 1) } } } },
        })),
      }],
    },
  },
];
`;

/** The peers, ready to run on a workspace. */
export interface Peers {
  cruiser(root: string): Program;
  boundaries(root: string): Program;
  /** It leaves the work to a binary. */
  fallow(root: string): Program;
}

/** Fetches the peers into a folder. */
export function installPeers(folder: string): Peers {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }');
  writeFileSync(join(folder, "cruiser.cjs"), cruiserRules);
  writeFileSync(join(folder, "boundaries.mjs"), boundaries);
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", ...packages], { cwd: folder, stdio: "inherit" });
  const bin = (name: string, command: string): string => {
    const home = join(folder, "node_modules", name);
    const { bin: commands } = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as { bin: Readonly<Record<string, string>> };
    return join(home, commands[command] ?? "");
  };
  // Violations are counted in the exit code of the one, and told by 1 in those of the others.
  const any = Array.from({ length: 256 }, (_, code) => code);
  return {
    cruiser: (root) => ({
      name: "dependency-cruiser",
      script: bin("dependency-cruiser", "depcruise"),
      args: ["--config", join(folder, "cruiser.cjs"), "-T", "err", "."],
      accepts: any,
      cwd: root,
    }),
    boundaries: (root) => ({
      name: "ESLint with boundaries",
      script: bin("eslint", "eslint"),
      args: ["--config", join(folder, "boundaries.mjs"), "."],
      accepts: [0, 1],
      cwd: root,
    }),
    fallow: (root) => ({ name: "fallow", script: bin("fallow", "fallow"), args: ["dead-code"], accepts: [0, 1], cwd: root }),
  };
}
