import { describe, expect, it } from "vitest";
import { extractOutline } from "../../src/facts/outline.js";
import { toPath } from "../../src/files/path.js";
import { generate } from "./workspace/generate.js";
import type { GeneratedFile } from "./workspace/project.js";
import { seeded } from "./workspace/random.js";

const SIZE = 300;
const made = [...generate(SIZE, "a seed")];
const byPath = new Map(made.map((file) => [file.path, file.text]));
const sources = made.filter((file) => /\.tsx?$/u.test(file.path));

describe("the generated workspace", () => {
  it("is the same for the same seed and another for another", () => {
    expect([...generate(SIZE, "a seed")]).toEqual(made);
    expect([...generate(SIZE, "b seed")]).not.toEqual(made);
  });

  it.each([120, 300, 1000])("has exactly the files asked for: %i", (count) => {
    const paths = [...generate(count, "c")].map((file) => file.path);
    expect(paths.filter((path) => /\.tsx?$/u.test(path))).toHaveLength(count);
    expect(new Set(paths).size).toBe(paths.length);
  });

  it("refuses to make less than one project of every kind", () => {
    expect(() => [...generate(20, "c")]).toThrow("at least");
  });

  it("has its own code in every file", () => {
    expect(new Set(sources.map((file) => file.text)).size).toBe(sources.length);
    const functions = sources.flatMap((file) => file.text.split(/^(?=(?:export )?(?:async )?function )/mu).slice(1));
    const bodies = functions.map((text) => text.slice(text.indexOf("{"))).filter((text) => text.split("\n").length >= 12);
    expect(new Set(bodies).size).toBe(bodies.length);
  });

  it("has files of 20 to 400 lines, around 90 on average", () => {
    const lines = sources.filter((file) => !/(?:^|\/)(?:index|rawr\.hq)\.ts$/u.test(file.path)).map((file) => file.text.split("\n").length);
    const mean = lines.reduce((left, right) => left + right, 0) / lines.length;
    expect(mean).toBeGreaterThan(60);
    expect(mean).toBeLessThan(130);
    expect(Math.max(...lines)).toBeLessThan(440);
  });

  it("parses", () => {
    const broken = sources.filter(({ path, text }) => {
      const facts = extractOutline({ path: toPath(path), language: path.endsWith("x") ? "tsx" : "ts", text });
      return facts.syntaxErrors.length > 0;
    });
    expect(broken.map((file) => file.path)).toEqual([]);
  });

  it("imports only what is there", () => {
    expect(
      sources.flatMap((file) =>
        importsOf(file)
          .filter((each) => !isOffered(file.path, each))
          .map((each) => `${file.path}: ${each.specifier}#${each.name}`),
      ),
    ).toEqual([]);
  });

  it("imports along the layers only", () => {
    const crossing = sources.flatMap((file) =>
      importsOf(file).flatMap(({ specifier }) => {
        const to = projects.find((project) => specifier === project.name || specifier.startsWith(`${project.name}/`));
        return to === undefined ? [] : [`${layerOf(file.path)} → ${layerOf(to.folder)}`];
      }),
    );
    expect(crossing.filter((edge) => !LAYERS.has(edge))).toEqual([]);
    expect(new Set(crossing).size).toBeGreaterThan(6);
  });

  it("registers every api and workflows plugin in the manifest", () => {
    const manifest = byPath.get("rawr.hq.ts") ?? "";
    const composed = projects.filter((project) => /^plugins\/(?:api|workflows)\//u.test(project.folder));
    expect(composed.length).toBeGreaterThan(1);
    expect(composed.filter((project) => !manifest.includes(`"${project.name}"`))).toEqual([]);
  });
});

describe("the seeded stream", () => {
  it("spreads over the whole range and keeps inside it", () => {
    const random = seeded("x");
    const drawn = Array.from({ length: 2000 }, () => random.int(1, 10));
    expect(new Set(drawn).size).toBe(10);
    expect(Math.min(...drawn)).toBe(1);
    expect(Math.max(...drawn)).toBe(10);
  });

  it("samples without putting back", () => {
    expect(seeded("y").sample([1, 2, 3], 5).sort()).toEqual([1, 2, 3]);
  });
});

/** Who may import whom; the manifest composes plugins and the adapter package. */
const LAYERS: ReadonlySet<string> = new Set([
  ...["package → package", "service → package", "service → service", "plugin → package", "plugin → service"],
  ...["app → package", "app → service", "app → plugin", "manifest → package", "manifest → plugin"],
]);

interface Imported {
  readonly specifier: string;
  readonly name: string;
}

const projects = made
  .filter((file) => file.path.endsWith("/package.json"))
  .map((file) => ({ folder: file.path.slice(0, -"/package.json".length), name: /"name": "([^"]+)"/u.exec(file.text)?.[1] ?? "" }));

function importsOf({ text }: GeneratedFile): Imported[] {
  return [...text.matchAll(/^(?:import|export) (?:type )?\{([^}]*)\} from "([^"]+)";$/gmu)].flatMap(([, list = "", specifier = ""]) =>
    list.split(",").map((name) => ({ specifier, name: name.trim().replace(/^type /u, "") })),
  );
}

/** Whether the module behind a specifier of the workspace exports the name; other packages are taken at their word. */
function isOffered(from: string, { specifier, name }: Imported): boolean {
  const project = projects.find((each) => specifier === each.name || specifier.startsWith(`${each.name}/`));
  const own = projects.find((each) => from.startsWith(`${each.folder}/`));
  const target = specifier.startsWith(".")
    ? new URL(specifier, `file:///${from}`).pathname.slice(1)
    : /^[@#]\//u.test(specifier)
      ? `${own?.folder ?? ""}/src/${specifier.slice(2)}`
      : project === undefined
        ? undefined
        : `${project.folder}/src/${specifier.slice(project.name.length + 1) || "index"}`;
  if (target === undefined) return true;
  const text = [".ts", ".tsx"].map((extension) => byPath.get(target + extension)).find((each) => each !== undefined);
  return text !== undefined && new RegExp(`export [^"]*\\b${name}\\b`, "u").test(text);
}

function layerOf(path: string): string {
  return { packages: "package", services: "service", plugins: "plugin", apps: "app" }[path.split("/")[0] ?? ""] ?? "manifest";
}
