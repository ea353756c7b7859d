import type { CommentFact, CommentTag, SourceFacts } from "../facts/facts.js";
import { isInside, type Path } from "../files/path.js";
import { globMatcher } from "../policy/glob.js";
import type { BridgeEntry } from "../policy/policy.js";
import { dayItGoes, saysWhenItGoes } from "./bridges/criteria.js";
import { forwardedTo } from "./bridges/forwarding.js";
import { bridgedLegacyKey } from "./bridges/legacy.js";
import { callsItselfBridge } from "./bridges/naming.js";
import { parseExit, type Exit } from "./exit.js";
import { outgoing, type Outgoing } from "./facets.js";
import type { ImportEdge, Place, Workspace } from "./workspace.js";

/** How it is known that something is a bridge. */
export type BridgeSign = "annotated" | "deprecated" | "described" | "forwarding" | "registered";

/** A module or export that only stands until others have moved on. */
export interface Bridge {
  readonly file: Path;
  /** The exports that are the bridge; undefined: the whole module is. */
  readonly names: readonly string[] | undefined;
  readonly sign: BridgeSign;
  /** Where it is said: the comment, the forwarding statement, the entry of the config. */
  readonly at: Place;
  readonly owner: string | undefined;
  readonly exits: readonly BridgeExit[];
  /** What was meant as an exit and is none. */
  readonly faults: readonly ExitFault[];
  /** Prose says when it goes. */
  readonly hasProse: boolean;
  /** Globs of the only modules that may import it; undefined where nothing lists them. */
  readonly importers: readonly string[] | undefined;
  /** The legacy metadata key that it keeps alive. */
  readonly legacyKey: string | undefined;
}

/** An exit of a bridge, and where it is written. */
export interface BridgeExit {
  readonly exit: Exit;
  readonly at: Place;
}

export interface ExitFault {
  readonly text: string;
  /** The end of a sentence that begins with the text. */
  readonly reason: string;
  readonly at: Place;
}

interface Said {
  readonly exits: readonly BridgeExit[];
  readonly faults: readonly ExitFault[];
}

/** Every compatibility bridge of the workspace, in order of files and places; test code and generated files hold none. */
export function findBridges(workspace: Workspace): readonly Bridge[] {
  const entries = workspace.policy.convergence.bridges.map((entry) => ({ entry, isFor: globMatcher([entry.path]) }));
  return workspace.paths.flatMap((path) => {
    const entry = entries.find(({ isFor }) => isFor(path))?.entry;
    if (workspace.isTest(path) || (entry === undefined && !mayBeBridge(workspace.facet(path, outgoing)))) return [];
    const source = workspace.source(path);
    if (source === undefined || source.generated) return [];
    const found = bridgesIn(workspace, path, source);
    if (entry === undefined) return found;
    const registered = registeredBridge(workspace, path, entry);
    return found.length === 0 ? [registered] : found.map((bridge) => withEntry(bridge, registered));
  });
}

/** The imports of a bridge by live code, the whole module's or those that take its exports. */
export function bridgeImports(workspace: Workspace, { file, names }: Bridge): readonly ImportEdge[] {
  const takes = ({ fact }: ImportEdge): boolean =>
    names === undefined || names.includes("*") || fact.names.length === 0 || fact.names.some(({ name }) => name === "*" || names.includes(name));
  return workspace.importersOf(file).filter((edge) => edge.from !== file && !workspace.isTest(edge.from) && takes(edge));
}

/** How many modules import each bridge, by what it is. */
export function importerCounts(workspace: Workspace): Readonly<Record<string, number>> {
  return Object.fromEntries(
    workspace.bridges.map((bridge) => [bridgeId(bridge), new Set(bridgeImports(workspace, bridge).map(({ from }) => from)).size]),
  );
}

/** What a bridge is, stable when lines move. */
export function bridgeId({ file, names = [] }: Bridge): string {
  return [file, ...names].join("#");
}

function mayBeBridge(said: Outgoing | undefined): boolean {
  return said !== undefined && (said.forwards || said.comments.some((comment) => signOf(comment) !== undefined));
}

function bridgesIn(workspace: Workspace, path: Path, source: SourceFacts): readonly Bridge[] {
  const said = source.comments.flatMap((comment) => bridgeOf(workspace, path, source, comment));
  const ofModule = said.filter(({ names }) => names === undefined);
  const [target] = forwardedTo(workspace, path);
  // What heads the module says it all; a forwarding module whose comment calls it a bridge is one bridge.
  if (target === undefined) return said;
  if (ofModule.length > 0) return ofModule;
  const [heading] = source.comments;
  const [first] = source.exports;
  const at = first === undefined ? workspace.line(path, 1) : workspace.place(path, first.span);
  const bridge = { file: path, names: undefined, sign: "forwarding", at, legacyKey: undefined } as const;
  // A comment on the first re-export of a module that holds nothing else is about the module.
  return heading === undefined
    ? [{ ...bridge, owner: undefined, exits: [], faults: [], hasProse: false, importers: undefined }]
    : [{ ...bridge, ...criteriaOf(workspace, path, heading), legacyKey: bridgedLegacyKey(workspace.policy, undefined, heading) }];
}

function bridgeOf(workspace: Workspace, path: Path, source: SourceFacts, comment: CommentFact): readonly Bridge[] {
  const sign = signOf(comment);
  if (sign === undefined) return [];
  const { heads: names } = comment;
  const legacyKey = bridgedLegacyKey(workspace.policy, names === undefined ? source : undefined, comment);
  return [{ file: path, names, sign, at: workspace.place(path, headOf(comment, source)), ...criteriaOf(workspace, path, comment), legacyKey }];
}

/** The tag that makes it a bridge, else the first line of the comment: a squiggle must not cover a page. */
function headOf({ tags, span }: CommentFact, { lineStarts }: SourceFacts): readonly [number, number] {
  const tag = tags.find(({ name }) => name === "bridge" || name === "deprecated");
  if (tag !== undefined) return tag.span;
  const [start, end] = span;
  const next = lineStarts.find((line) => line > start);
  return [start, next === undefined || next > end ? end : Math.max(start + 2, next - 1)];
}

function signOf({ text, tags }: Outgoing["comments"][number]): BridgeSign | undefined {
  if (tags.some(({ name }) => name === "bridge")) return "annotated";
  if (tags.some(({ name }) => name === "deprecated")) return "deprecated";
  const described = tags.filter(({ name }) => DESCRIPTIVE.has(name)).map((tag) => tag.text);
  return [text, ...described].some(callsItselfBridge) ? "described" : undefined;
}

/** Tags whose text says what the code is. */
const DESCRIPTIVE: ReadonlySet<string> = new Set(["fileoverview", "file", "module", "packageDocumentation", "remarks", "description", "summary"]);

function criteriaOf(workspace: Workspace, path: Path, { text, tags, span }: CommentFact): Said & Pick<Bridge, "owner" | "hasProse" | "importers"> {
  const prose = [text, ...tags.filter(({ name }) => !name.startsWith("retire-") && name !== "importers" && name !== "owner").map((tag) => tag.text)].join("\n\n");
  const tagged = tags.filter(({ name }) => name === "retire-by" || name === "retire-when").map((tag) => taggedExit(workspace, path, tag));
  const day = dayItGoes(prose);
  const dated = day === undefined ? [] : [readExit(day, workspace.place(path, span))];
  const importers = tags.filter(({ name }) => name === "importers").flatMap((tag) => tag.text.split(/[\s,]+/u).filter((glob) => glob !== ""));
  const owner = tags.find(({ name }) => name === "owner")?.text.trim();
  return {
    ...joined([...tagged, ...dated]),
    owner: owner === "" ? undefined : owner,
    hasProse: saysWhenItGoes(prose),
    importers: importers.length > 0 ? importers : undefined,
  };
}

function taggedExit(workspace: Workspace, path: Path, { name, text, span }: CommentTag): Said {
  const [written = ""] = text.split(/\r\n|[\n\r\u2028\u2029]/u);
  const at = workspace.place(path, span);
  const said = readExit(written.trim(), at);
  const isDate = said.exits.some(({ exit }) => exit.kind === "date");
  if (said.exits.length > 0 && name === "retire-by" && !isDate)
    return { exits: [], faults: [{ text: written.trim(), reason: "is no date; a condition stands after @retire-when", at }] };
  return said;
}

function readExit(text: string, at: Place): Said {
  const parsed = parseExit(text);
  return "exit" in parsed ? { exits: [{ exit: parsed.exit, at }], faults: [] } : { exits: [], faults: [{ text, reason: parsed.fault, at }] };
}

function joined(said: readonly Said[]): Said {
  return { exits: said.flatMap(({ exits }) => exits), faults: said.flatMap(({ faults }) => faults) };
}

function registeredBridge(workspace: Workspace, path: Path, entry: BridgeEntry): Bridge {
  const at = entryPlace(workspace, entry);
  const exits = [entry.retireBy, entry.retireWhen].flatMap((text) => (text === undefined ? [] : [readExit(text, at)]));
  return {
    file: path,
    names: undefined,
    sign: "registered",
    at,
    owner: entry.owner,
    ...joined(exits),
    hasProse: false,
    importers: entry.importers,
    legacyKey: undefined,
  };
}

/** Where the config names a bridge. */
function entryPlace({ policy, place, home }: Workspace, entry: BridgeEntry): Place {
  const at = policy.required.find(({ kind, subject }) => kind === "bridge" && subject === entry.path)?.at;
  return at === undefined ? home : place(at.file, at.span);
}

/** A bridge with what the registry says of its module. */
function withEntry(bridge: Bridge, entry: Bridge): Bridge {
  const importers = bridge.importers === undefined ? entry.importers : [...bridge.importers, ...(entry.importers ?? [])];
  return { ...bridge, ...joined([bridge, entry]), owner: bridge.owner ?? entry.owner, importers };
}

/** How people call a bridge. */
export function bridgeName({ file, names }: Bridge): string {
  const [first, ...more] = names ?? [];
  if (first === undefined || first === "*") return file;
  return more.length === 0 ? `"${first}" of ${file}` : `${[first, ...more].map((name) => `"${name}"`).join(", ")} of ${file}`;
}

/** Whether a file lies in the project that a bridge belongs to. */
export function isAtHome(workspace: Workspace, bridge: Bridge, file: Path): boolean {
  const folder = workspace.ownerOf(bridge.file)?.folder;
  return folder !== undefined && isInside(file, folder);
}
