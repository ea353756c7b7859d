import { classModule } from "./class-module.js";
import { commandModule } from "./command-module.js";
import { componentModule } from "./component-module.js";
import { domainModule } from "./domain-module.js";
import { procedureModule } from "./procedure-module.js";
import { schemaModule } from "./schema-module.js";
import { testModule } from "./test-module.js";
import { workflowModule } from "./workflow-module.js";
import type { Brief, Import, Module } from "./module.js";
import type { Random } from "./random.js";
import { kebab, thing } from "./words.js";

/** Fewest source files that hold one project of every kind. */
export const SMALLEST = 120;

export type ProjectKind = "package" | "service" | "cli" | "agents" | "web" | "api" | "workflows" | "app";

/** How a kind of project is made: where it lies, what it is called, its share of all files and what its modules are. */
export interface Recipe {
  readonly kind: ProjectKind;
  readonly root: string;
  readonly prefix: string;
  /** The `rawr.kind` of a plugin. */
  readonly plugin?: string;
  readonly share: number;
  /** Which earlier kinds it may import, and how many projects of each at most. */
  readonly uses: readonly (readonly [ProjectKind, number])[];
  /** Module writers with weights; `tsx` for those with markup. */
  readonly modules: readonly (readonly [write: (brief: Brief) => Module, weight: number, extension: "ts" | "tsx"])[];
}

const RECIPES: readonly Recipe[] = [
  {
    kind: "package",
    root: "packages",
    prefix: "",
    share: 0.34,
    uses: [["package", 3]],
    modules: [
      [domainModule, 0.5, "ts"],
      [classModule, 0.2, "ts"],
      [schemaModule, 0.15, "ts"],
      [testModule, 0.15, "ts"],
    ],
  },
  {
    kind: "service",
    root: "services",
    prefix: "service-",
    share: 0.16,
    uses: [
      ["package", 4],
      ["service", 1],
    ],
    modules: [
      [domainModule, 0.35, "ts"],
      [classModule, 0.35, "ts"],
      [schemaModule, 0.1, "ts"],
      [testModule, 0.2, "ts"],
    ],
  },
  {
    kind: "cli",
    root: "plugins/cli",
    prefix: "plugin-cli-",
    plugin: "toolkit",
    share: 0.08,
    uses: [
      ["package", 4],
      ["service", 1],
    ],
    modules: [
      [commandModule, 0.5, "ts"],
      [domainModule, 0.3, "ts"],
      [testModule, 0.2, "ts"],
    ],
  },
  {
    kind: "agents",
    root: "plugins/agents",
    prefix: "plugin-agent-",
    plugin: "agent",
    share: 0.03,
    uses: [["package", 3]],
    modules: [
      [domainModule, 0.6, "ts"],
      [schemaModule, 0.2, "ts"],
      [testModule, 0.2, "ts"],
    ],
  },
  {
    kind: "web",
    root: "plugins/web",
    prefix: "plugin-web-",
    plugin: "web",
    share: 0.12,
    uses: [["package", 4]],
    modules: [
      [componentModule, 0.6, "tsx"],
      [domainModule, 0.2, "ts"],
      [testModule, 0.2, "ts"],
    ],
  },
  {
    kind: "api",
    root: "plugins/api",
    prefix: "plugin-api-",
    plugin: "api",
    share: 0.1,
    uses: [
      ["package", 3],
      ["service", 2],
    ],
    modules: [
      [procedureModule, 0.4, "ts"],
      [domainModule, 0.3, "ts"],
      [schemaModule, 0.1, "ts"],
      [testModule, 0.2, "ts"],
    ],
  },
  {
    kind: "workflows",
    root: "plugins/workflows",
    prefix: "plugin-workflows-",
    plugin: "workflows",
    share: 0.07,
    uses: [
      ["package", 3],
      ["service", 2],
    ],
    modules: [
      [workflowModule, 0.45, "ts"],
      [procedureModule, 0.1, "ts"],
      [domainModule, 0.25, "ts"],
      [testModule, 0.2, "ts"],
    ],
  },
  {
    kind: "app",
    root: "apps",
    prefix: "app-",
    share: 0.1,
    uses: [
      ["package", 6],
      ["service", 2],
      ["web", 4],
    ],
    modules: [
      [componentModule, 0.5, "tsx"],
      [domainModule, 0.3, "ts"],
      [testModule, 0.2, "ts"],
    ],
  },
];

export interface Project {
  readonly recipe: Recipe;
  readonly folder: string;
  readonly name: string;
  readonly packageName: string;
  /** How many source files it holds. */
  readonly files: number;
  readonly uses: readonly Project[];
  /** How others enter it: its entry by source, by what a build would make of it, or one subpath per module. */
  readonly entry: "source" | "built" | "subpaths";
  /** Prefix that stands for its own `src/` in its imports. */
  readonly alias?: "@/" | "#/";
  /** What its modules offer to others, with the specifier to use; grows while the project is written. */
  readonly offers: Import[];
}

/** Shares the files out among projects, in an order in which each uses only earlier ones. */
export function plan(random: Random, count: number): Project[] {
  const projects: Project[] = [];
  const taken = new Set<string>();
  let left = count;
  for (const [index, recipe] of RECIPES.entries()) {
    const ofKind = index === RECIPES.length - 1 ? left : Math.round(count * recipe.share);
    left -= ofKind;
    const howMany = Math.max(1, Math.round(ofKind / (12 + count / 400) / (recipe.kind === "app" ? 3 : 1)));
    for (const files of shares(random, ofKind, howMany)) {
      const folderName = freshName(random, taken, recipe);
      projects.push({
        recipe,
        files,
        folder: `${recipe.root}/${folderName}`,
        name: folderName,
        packageName: `@rawr/${recipe.prefix}${folderName}`,
        uses: recipe.uses.flatMap(([kind, most]) =>
          random.sample(
            projects.filter((earlier) => earlier.recipe.kind === kind),
            random.int(1, most),
          ),
        ),
        entry: random.pick(recipe.plugin === undefined ? ["source", "built", "subpaths"] : ["source", "built"]),
        ...(random.chance(0.4) ? { alias: random.pick(["@/", "#/"]) } : {}),
        offers: [],
      });
    }
  }
  return projects;
}

/** Splits a number into unequal parts, none smaller than 4. */
function shares(random: Random, total: number, parts: number): number[] {
  const weights = Array.from({ length: parts }, () => 0.4 + random.next() * 1.4);
  const sum = weights.reduce((left, right) => left + right, 0);
  const out = weights.map((weight) => Math.max(4, Math.floor((total * weight) / sum)));
  const rest = total - out.reduce((left, right) => left + right, 0);
  const largest = out.indexOf(Math.max(...out));
  return out.map((share, index) => (index === largest ? share + rest : share));
}

function freshName(random: Random, taken: Set<string>, recipe: Recipe): string {
  for (;;) {
    const name = kebab(thing(random));
    if (taken.has(`${recipe.kind}/${name}`)) continue;
    taken.add(`${recipe.kind}/${name}`);
    return name;
  }
}
