import { posix } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { layoutOf, resolved, type Files } from "./memory.js";

/** A module of a package: its path below the sources folder, without extension, and what it is written in. */
interface Module {
  readonly stem: string;
  readonly extension: string;
}

/** A way to name a module, and what has to be written elsewhere so that it leads there. */
interface Way {
  readonly from: string;
  readonly specifier: string;
  readonly files: Files;
  /** Only exports can say that nothing is private. */
  readonly offered: boolean;
}

const builtAs: Readonly<Record<string, readonly string[]>> = {
  ".ts": [".js", ".mjs", ".cjs", ".d.ts"],
  ".tsx": [".js", ".mjs", ".d.ts"],
  ".mts": [".mjs", ".d.mts"],
  ".cts": [".cjs", ".d.cts"],
  ".js": [".js", ".cjs"],
  ".jsx": [".js"],
};

const segment = fc.constantFrom("a", "b-c", "lib", "ä", "[id]", "x.y", "$z");
const folder = fc.array(segment, { maxLength: 3 }).map((segments) => segments.join("/"));
const extension = fc.constantFrom(...Object.keys(builtAs));

/** Modules of distinct names, so that a specifier has one right answer. */
const modules = fc
  .array(fc.record({ folder, extension, index: fc.boolean() }), { minLength: 1, maxLength: 6 })
  .map((drafts) =>
    drafts.map((draft, i): Module => ({
      stem: posix.join(draft.folder, draft.index ? `f${String(i)}/index` : `m${String(i)}`),
      extension: draft.extension,
    })),
  );

/** The ways to spell a module's path. */
function spellings({ stem, extension: written }: Module): readonly string[] {
  const asBuilt = { ".ts": ".js", ".tsx": ".js", ".mts": ".mjs", ".cts": ".cjs", ".js": ".js", ".jsx": ".jsx" }[written] ?? written;
  const isIndex = posix.basename(stem) === "index";
  return [stem + written, stem, stem + asBuilt, ...(isIndex ? [posix.dirname(stem), `${posix.dirname(stem)}/`] : [])];
}

const sourceFolder = fc.constantFrom("src", "source", "");
const outputFolder = fc.constantFrom("dist", "build", "lib", "dist/esm", "out/types");

/** A target of package.json: the source itself, or what a build makes of it. */
function target(module: Module, sources: string): fc.Arbitrary<string> {
  const built = fc
    .tuple(outputFolder, fc.constantFrom(...(builtAs[module.extension] ?? [])))
    .map(([output, ending]) => posix.join(output, module.stem + ending));
  return fc.oneof(fc.constant(posix.join(sources, module.stem + module.extension)), built).map((path) => `./${path}`);
}

const condition = fc.constantFrom("types", "source", "bun", "import", "require", "node", "development", "browser", "default", "custom");

/** A target somewhere under conditions, beside others that lead nowhere. */
function conditional(leaf: string): fc.Arbitrary<unknown> {
  const nowhere = fc.constantFrom<unknown>("./dist/none.js", null, { default: "./none/none.d.ts" }, []);
  const layer = (inner: unknown): fc.Arbitrary<unknown> =>
    fc.oneof(
      fc
        .tuple(fc.uniqueArray(condition, { minLength: 1, maxLength: 3 }), fc.nat(2), nowhere)
        .map(([names, at, other]) => Object.fromEntries(names.map((name, i) => [name, i === at % names.length ? inner : other]))),
      nowhere.map((other) => [other, inner]),
    );
  return fc
    .nat(3)
    .chain((depth) => Array.from({ length: depth }).reduce<fc.Arbitrary<unknown>>((wrapped) => wrapped.chain(layer), fc.constant(leaf)));
}

const importer = fc
  .tuple(fc.constantFrom("packages/q/src", "apps/main", "packages/p/test", "."), folder)
  .map((parts) => posix.join(...parts, "importer.ts"));

/** The ways to reach a module of the package in `packages/p`, whose sources lie in `sources`. */
function wayTo(module: Module, sources: string): fc.Arbitrary<Way> {
  const path = posix.join("packages/p", sources);
  const spelling = fc.constantFrom(...spellings(module));
  const pack = (fields: object): Files => ({ "packages/p/package.json": { name: "@w/p", ...fields } });

  const relative = fc.tuple(importer, spelling).map(([from, spelled]): Way => {
    const way = posix.relative(posix.dirname(from), posix.join(path, spelled)) + (spelled.endsWith("/") ? "/" : "");
    return { from, specifier: way.startsWith(".") ? way : `./${way}`, files: pack({}), offered: true };
  });
  const byName = fc.tuple(importer, spelling).map(([from, spelled]): Way => ({
    from,
    specifier: posix.join("@w/p", sources, spelled),
    files: pack({}),
    offered: true,
  }));
  const main = fc
    .tuple(importer, target(module, sources), fc.constantFrom("main", "module", "types", "source"))
    .map(([from, entry, field]): Way => ({
      from,
      specifier: "@w/p",
      files: pack({ [field]: entry }),
      offered: true,
    }));
  const exported = fc
    .tuple(importer, target(module, sources).chain(conditional), fc.constantFrom(".", "./k", "./k/l.js"))
    .map(([from, value, key]): Way => ({
      from,
      specifier: posix.join("@w/p", key),
      files: pack({ exports: { "./other": "./none.js", [key]: value } }),
      offered: true,
    }));
  const pattern = fc
    .tuple(importer, target({ stem: "*", extension: module.extension }, sources).chain(conditional))
    .map(([from, value]): Way => ({
      from,
      specifier: `@w/p/k/${module.stem}`,
      files: pack({ exports: { "./*": "./none/*.js", "./k/*": value } }),
      offered: true,
    }));
  const internal = fc.tuple(folder, target(module, sources).chain(conditional)).map(([below, value]): Way => ({
    from: posix.join("packages/p", below, "importer.ts"),
    specifier: "#k",
    files: pack({ imports: { "#k": value } }),
    offered: true,
  }));
  const alias = fc.tuple(importer, spelling, fc.boolean(), fc.boolean()).map(([from, spelled, based, extended]): Way => {
    const options = {
      ...(based && { baseUrl: "." }),
      paths: { "~k/*": [posix.join("none", "*"), `${based ? "" : "./"}${posix.join(path, "*")}`] },
    };
    const files = extended
      ? { "tsconfig.json": { extends: "./tsconfig.base" }, "tsconfig.base.json": { compilerOptions: options } }
      : { "tsconfig.json": { compilerOptions: options } };
    return { from, specifier: `~k/${spelled}`, files: { ...files, ...pack({ exports: {} }) }, offered: false };
  });
  return fc.oneof(relative, byName, main, exported, pattern, internal, alias);
}

const cases = fc.tuple(modules, sourceFolder).chain(([all, sources]) =>
  fc.nat(all.length - 1).chain((chosen) => {
    const module = all[chosen] ?? { stem: "", extension: "" };
    return wayTo(module, sources).map((way) => ({
      way,
      files: {
        "package.json": { workspaces: ["packages/*"] },
        ...Object.fromEntries(all.map(({ stem, extension: written }) => [posix.join("packages/p", sources, stem + written), ""])),
        "packages/q/package.json": { name: "@w/q" },
        ...way.files,
      },
      path: posix.join("packages/p", sources, module.stem + module.extension),
    }));
  }),
);

test("every way to name a module leads to it", () => {
  fc.assert(
    fc.property(cases, ({ way, files, path }) => {
      const found = resolved(layoutOf(files), way.from, way.specifier);
      expect(way.offered ? found : found.replace("private ", "")).toBe(path);
    }),
    { numRuns: 400 },
  );
});
