import type { JsonNode } from "../facts/facts.js";
import { childPath, isInside, joinPath, type Path } from "../files/path.js";
import { readPackage } from "./package.js";
import type { Tree } from "./tree.js";
import type { CompilerSettings } from "./tsconfig.js";

/** Sources before declarations: what runs is the authority, a declaration only tells of it. */
const sourceExtensions = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"] as const;
const declarationExtensions = [".d.ts", ".d.mts", ".d.cts"] as const;
const addedExtensions = [...sourceExtensions, ".json", ...declarationExtensions];

/** What TypeScript may have been the source of a file that a specifier names as it will be built. */
const writtenFor: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx", ".jsx", ".d.ts"],
  ".jsx": [".tsx", ".ts", ".d.ts"],
  ".mjs": [".mts", ".ts", ".d.mts"],
  ".cjs": [".cts", ".ts", ".d.cts"],
};

/** Folders that builds write to, and the formats inside them. */
const outputFolders: ReadonlySet<string> = new Set([
  "dist",
  "build",
  "out",
  "output",
  "lib",
  "esm",
  "cjs",
  "es",
  "umd",
  "types",
  "typings",
]);

/** Where the sources of an output folder are looked for, by how common it is. */
const sourceFolders = ["src", "", "source", "lib"] as const;

/** What lookups go by. */
export interface LookupGround {
  readonly tree: Tree;
  json(path: Path): JsonNode | undefined;
}

/**
 * The module that a path without or with extension leads to, as bundlers and TypeScript together would find it: the file itself,
 * the source it is built from, the file with an extension added, then the folder's entry.
 */
export function findModule(ground: LookupGround, path: Path): Path | undefined {
  return spellingsOf(path).find((candidate) => ground.tree.hasFile(candidate)) ?? findEntry(ground, path);
}

/** The paths that a module's path may stand for, the likeliest first. */
export function spellingsOf(path: Path): readonly Path[] {
  const extension = /\.[cm]?jsx?$/u.exec(path)?.[0] ?? "";
  const stem = path.slice(0, path.length - extension.length);
  const written = (writtenFor[extension] ?? []).map((source) => `${stem}${source}` as Path);
  return [path, ...written, ...addedExtensions.map((added) => `${path}${added}` as Path)];
}

/** Whether a file only tells of what another one runs. */
export function isDeclaration(path: Path): boolean {
  return /\.d\.[cm]?ts$/u.test(path);
}

/** The module that a folder leads to: what its package.json names, else its index. */
export function findEntry(ground: LookupGround, folder: Path, settings?: CompilerSettings): Path | undefined {
  if (!ground.tree.hasFolder(folder)) return undefined;
  const { entries, exports: offers } = readPackage(ground.json(childPath(folder, "package.json")));
  // An entry that is the folder itself (`"main": "."`) would be looked for without end.
  const named = [...entries, ...(offers?.["."] ?? [])];
  const targets = named.flatMap((entry) => joinPath(folder, entry) ?? []).filter((target) => target !== folder);
  const found = targets.flatMap((target) => findModule(ground, target) ?? findSource(ground, folder, target, settings) ?? []);
  return found.find((path) => !isDeclaration(path)) ?? findIndex(ground, folder) ?? found[0];
}

function findIndex(ground: LookupGround, folder: Path): Path | undefined {
  return addedExtensions.map((extension) => childPath(folder, `index${extension}`)).find((path) => ground.tree.hasFile(path));
}

/**
 * The source of a file that only a build would make.
 *
 * @param folder the package's folder
 * @param target the built file, which need not exist
 * @param settings where the package's compiler configuration writes to and reads from
 */
export function findSource(ground: LookupGround, folder: Path, target: Path, settings?: CompilerSettings): Path | undefined {
  for (const candidate of sourcesOf(folder, target, settings)) {
    const found = ground.tree.hasFile(candidate) ? candidate : findStem(ground, candidate);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The source with any extension, or the index of the folder: bundlers name outputs after either. */
function findStem(ground: LookupGround, built: Path): Path | undefined {
  const stem = built.replace(/(?:\.d)?\.[cm]?[jt]sx?$/u, "") as Path;
  const paths = sourceExtensions.map((extension) => `${stem}${extension}` as Path);
  return paths.find((path) => ground.tree.hasFile(path)) ?? findIndex(ground, stem);
}

function* sourcesOf(folder: Path, target: Path, settings: CompilerSettings | undefined): Generator<Path> {
  const { outDir, rootDir } = settings ?? {};
  if (outDir !== undefined && outDir !== folder && isInside(target, outDir)) {
    const rest = target.slice(outDir.length + 1);
    for (const base of rootDir === undefined ? ([childPath(folder, "src"), folder] as const) : [rootDir]) yield childPath(base, rest);
  }
  let segments = (folder === "" ? target : target.slice(folder.length + 1)).split("/");
  while (segments.length > 1 && outputFolders.has(segments[0] ?? "")) {
    segments = segments.slice(1);
    for (const base of sourceFolders) yield childPath(base === "" ? folder : childPath(folder, base), segments.join("/"));
  }
}
