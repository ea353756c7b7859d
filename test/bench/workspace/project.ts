import { factoryName, type Composed } from "./host.js";
import { domainModule } from "./domain-module.js";
import type { Brief, Import, Module, Offer } from "./module.js";
import { procedureModule } from "./procedure-module.js";
import { testModule } from "./test-module.js";
import { workflowModule } from "./workflow-module.js";
import type { Project, Recipe } from "./plan.js";
import { seeded, type Random } from "./random.js";
import { names, type Names } from "./statements.js";
import { action, kebab, noun, thing } from "./words.js";

/** One file of a generated workspace. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** Writes a project, module by module; what it offers to others is known once its entry is written. */
export function* projectFiles(project: Project, seed: string): Generator<GeneratedFile> {
  const { recipe, folder } = project;
  yield json(`${folder}/package.json`, packageJson(project));
  yield json(`${folder}/tsconfig.json`, {
    extends: "../".repeat(folder.split("/").length) + "tsconfig.base.json",
    ...(project.alias === "@/" ? { compilerOptions: { paths: { "@/*": ["./src/*"] } } } : {}),
    include: ["src", "test"],
  });
  yield { path: `${folder}/README.md`, text: `# ${project.packageName}\n` };
  const random = seeded(`${seed}/${folder}`);
  const areas = Array.from({ length: random.int(1, 4) }, () => noun(random));
  const moduleNames = names(["index", "router"]);
  const exported = names();
  const own: Written[] = [];
  const forced = recipe.modules[0]?.[0] ?? domainModule;
  const extra = recipe.kind === "workflows" ? [workflowModule, procedureModule] : [forced];
  for (let index = 0; index < project.files - 1; index += 1) {
    const [write, extension] = moduleKind(random, recipe, extra[index], own.length);
    const isTest = write === testModule;
    const path = isTest
      ? `test/${moduleNames.fresh(action(random), kebab)}.test`
      : `src/${random.any(areas) ?? "core"}/${moduleNames.fresh(random.chance(0.5) ? thing(random) : action(random), kebab)}`;
    const fileRandom = seeded(`${seed}/${folder}/${path}`);
    const imports = importsFor(fileRandom, project, own, path, isTest);
    exported.reserve(imports.map(({ offer }) => offer.name));
    const module = write({
      random: fileRandom,
      size: sizeOf(fileRandom),
      names: isTest ? localNames(imports) : exported,
      imports,
      project: project.name,
    });
    yield { path: `${folder}/${path}.${extension}`, text: module.text };
    own.push({ path, offers: module.offers });
  }
  yield { path: `${folder}/src/index.ts`, text: entry(project, own) };
}

/** A module that is written, by its path in the project without extension. */
interface Written {
  readonly path: string;
  readonly offers: readonly Offer[];
}

function moduleKind(
  random: Random,
  recipe: Recipe,
  forced: ((brief: Brief) => Module) | undefined,
  written: number,
): [(brief: Brief) => Module, "ts" | "tsx"] {
  const fromForced = recipe.modules.find(([write]) => write === forced);
  if (fromForced !== undefined) return [fromForced[0], fromForced[2]];
  let point = random.next();
  for (const [write, weight, extension] of recipe.modules) {
    point -= weight;
    if (point < 0 && (write !== testModule || written > 1)) return [write, extension];
  }
  return [domainModule, "ts"];
}

function localNames(imports: readonly Import[]): Names {
  return names(imports.map(({ offer }) => offer.name));
}

/** Lines of a file: log-normal around 75, most between 30 and 200, none outside 20 and 400. */
function sizeOf(random: Random): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  return Math.round(Math.min(400, Math.max(20, Math.exp(4.3 + 0.65 * normal))));
}

/** What another module can compute or draw with. */
const USABLE: ReadonlySet<Offer["kind"]> = new Set(["function", "type", "component", "constant"]);

/** What a new module imports: from its project's earlier modules, and from what the project uses. */
function importsFor(random: Random, project: Project, own: readonly Written[], path: string, isTest: boolean): Import[] {
  const near = (
    isTest
      ? random.sample(
          own.filter((each) => each.offers.some((offer) => offer.kind === "function")),
          1,
        )
      : random.sample(own, random.int(1, 4))
  ).flatMap((module) =>
    random.sample(module.offers, isTest ? 4 : 3).map((offer) => ({ from: specifier(random, project, path, module.path), offer })),
  );
  const far = project.uses.length === 0 || isTest ? [] : random.sample(random.any(project.uses)?.offers ?? [], random.int(1, 5));
  const more = isTest ? [] : random.sample(random.any(project.uses)?.offers ?? [], random.int(0, 4));
  const usable = [...near, ...far, ...more].filter(({ offer }) => USABLE.has(offer.kind));
  return [...new Map(usable.map((each) => [each.offer.name, each])).values()];
}

/** How one module of a project names another. */
function specifier(random: Random, project: Project, from: string, to: string): string {
  if (project.alias !== undefined && to.startsWith("src/") && random.chance(0.5)) return `${project.alias}${to.slice("src/".length)}`;
  const [fromFolder, toFolder] = [folderOf(from), folderOf(to)];
  if (fromFolder === toFolder) return `./${to.slice(toFolder.length + 1)}`;
  if (fromFolder.startsWith("src/") && to.startsWith("src/")) return `../${to.slice("src/".length)}`;
  return `${"../".repeat(fromFolder.split("/").length)}${to}`;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

/** The barrel: what the project offers, and what the manifest takes from a plugin. */
function entry(project: Project, own: readonly Written[]): string {
  const { recipe } = project;
  const lines: string[] = [];
  const random = seeded(project.folder);
  const wanted = (kind: Offer["kind"], part = /./u): { name: string; path: string }[] =>
    own.flatMap(({ path, offers }) =>
      offers.filter((offer) => offer.kind === kind && part.test(offer.name)).map((offer) => ({ name: offer.name, path })),
    );
  const local = [...wanted("procedure"), ...(recipe.kind === "workflows" ? wanted("value", /Workflow\d*$/u) : [])];
  lines.push(...local.map(({ name, path }) => `import { ${name} } from "./${path.slice("src/".length)}";`));
  const plugin: Composed = { packageName: project.packageName, capability: project.name };
  for (const { path, offers } of own) {
    const shown = offers.filter(
      (offer) =>
        offer.kind !== "procedure" && offer.kind !== "value" && (recipe.kind === "api" ? offer.kind !== "type" : random.chance(0.7)),
    );
    if (shown.length === 0) continue;
    const from = `./${path.slice("src/".length)}`;
    lines.push(
      `export { ${shown.map((offer) => (offer.kind === "type" ? `type ${offer.name}` : offer.name)).join(", ")} } from "${from}";`,
    );
    const outside = project.entry === "subpaths" ? `${project.packageName}/${path.slice("src/".length)}` : project.packageName;
    project.offers.push(...shown.map((offer) => ({ from: outside, offer })));
  }
  const composing = (what: "router" | "triggers" | "functions", returned: string): string[] => [
    "",
    `/** What the manifest takes from this plugin. */`,
    `export function ${factoryName(plugin, what)}() {`,
    `  return ${returned};`,
    "}",
  ];
  const procedures = wanted("procedure")
    .map(({ name }) => `...${name}`)
    .join(", ");
  if (recipe.kind === "api") lines.push(...composing("router", `{ ${procedures} }`));
  if (recipe.kind === "workflows") {
    lines.push(...composing("triggers", `{ ${procedures} }`));
    lines.push(
      ...composing(
        "functions",
        `[${wanted("value", /Workflow\d*$/u)
          .map(({ name }) => name)
          .join(", ")}]`,
      ),
    );
  }
  if (lines.length === 0) lines.push(`export const name = ${JSON.stringify(project.packageName)};`);
  return `${lines.join("\n")}\n`;
}

function packageJson(project: Project): object {
  const { recipe } = project;
  const inside = [...new Set(project.uses.map((used) => used.packageName))];
  return {
    name: project.packageName,
    version: "0.1.0",
    private: true,
    type: "module",
    exports: exportsOf(project),
    ...(project.alias === "#/" ? { imports: { "#/*": "./src/*.ts" } } : {}),
    dependencies: Object.fromEntries(
      [...inside, ...(recipe.kind === "workflows" ? ["@rawr/platform-inngest"] : [])].map((name) => [name, "workspace:*"]),
    ),
    ...(recipe.plugin === undefined ? {} : { rawr: { kind: recipe.plugin, capability: project.name } }),
  };
}

function exportsOf({ entry: how }: Project): object {
  if (how === "source") return { ".": "./src/index.ts" };
  if (how === "built") return { ".": { types: "./dist/src/index.d.ts", default: "./dist/src/index.js" } };
  return { ".": "./src/index.ts", "./*": { types: "./src/*.ts", default: "./dist/src/*.js" } };
}

/** A JSON file. */
export function json(path: string, value: object): GeneratedFile {
  return { path, text: `${JSON.stringify(value, undefined, 2)}\n` };
}
