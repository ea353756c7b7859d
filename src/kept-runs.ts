import type { Cache } from "./cache.js";
import { decodeOutline } from "./facts/encoding.js";
import { toPath, type Path } from "./files/path.js";
import type { SourceText } from "./files/snapshot.js";
import type { Opened } from "./open.js";
import { type Past, statesOf } from "./past.js";
import type { RenderedProblem, Rule, RuleRun, Unit } from "./rule/rule.js";
import type { CopySurvey, KindSurvey } from "./workspace/copies/survey.js";
import type { UnitKind } from "./workspace/copies/units.js";
import { Ledger, type Reads } from "./workspace/ledger.js";
import { comparedAnswers } from "./workspace/standing.js";

/** Under which name runs are kept, and the parts that they are kept in. */
const RUNS = "runs";
const TEXT = "text";
const PRINTS = "prints";

/** Runs as they are kept; plain JSON. Numbers of files, keys and sets are places in the lists. */
interface KeptRuns {
  readonly ground: string;
  /** Every source file with the hash of its text, and the brief of it. */
  readonly files: readonly (readonly [path: Path, hash: string])[];
  readonly briefs: readonly (readonly [targets: readonly (number | string)[], computes: 0 | 1, directed: 0 | 1, broken: 0 | 1])[];
  readonly answers: Readonly<Record<string, unknown>>;
  readonly whats: readonly string[];
  readonly keys: readonly (readonly [what: number, of: number | string])[];
  /** Parts stand before what they are parts of. */
  readonly sets: readonly (readonly [keys: readonly number[], parts: readonly number[]])[];
  readonly rules: Readonly<Record<string, KeptRun>>;
  readonly survey: KeptSurvey | null;
}

interface KeptRun {
  readonly reads: number;
  /** Of each unit: what it is about, where that is a file, and the set that it rests on. */
  readonly units: readonly (readonly [file: string | number | null, reads: number])[];
  /** Of those units that found something. */
  readonly problems: readonly (readonly [unit: number, problems: readonly RenderedProblem[]])[];
}

interface KeptSurvey extends Pick<CopySurvey, "shared"> {
  readonly files: readonly Path[];
  readonly involved: readonly Path[];
  readonly kinds: readonly KeptKind[];
}

interface KeptKind extends Pick<KindSurvey, "holders"> {
  readonly kind: UnitKind;
  /** How many fingerprints each holder has; they themselves stand one after the other in a part of their own. */
  readonly prints: readonly number[];
  readonly bare: readonly (readonly [said: string, file: Path])[];
}

/** The hash of a file's text: the cache has most of them. */
export function hashesIn(cache: Cache): (source: SourceText) => string {
  return (source) => cache.hashOf(source);
}

/** How rules ran, and what that rests on. */
export interface Kept {
  readonly runs: ReadonlyMap<Rule, RuleRun>;
  /** Everything that anything in the workspace may rest on. */
  readonly ground: string;
  /** What was compared in the search for copies that the runs rest on. */
  readonly survey: CopySurvey | undefined;
}

/** Keeps how rules ran over a workspace for the next run. */
export function keepRuns(cache: Cache, opened: Opened, { runs, ground, survey }: Kept): void {
  const sets = reachable([...runs.values()].flatMap(({ reads, units }) => [reads, ...units.map((unit) => unit.reads)]));
  const numberOf = new Map(sets.map((set, index) => [set, index]));
  const [keyNumber, whatNumber] = [numbering<number>(), numbering<string>()];
  const { workspace, snapshot } = opened;
  const files = [...statesOf(snapshot.files, hashesIn(cache))].map(([path, hash]) => [path, String(hash)] as const);
  const fileNumber = new Map<string, number>(files.map(([path], index) => [path, index]));
  const nameOf = (file: string): string | number => fileNumber.get(file) ?? file;
  const kept: KeptRuns = {
    ground,
    files,
    briefs: files.map(([path]) => {
      const { targets, computes, directed, broken } = workspace.brief(path);
      return [targets.map(nameOf), bit(computes), bit(directed), bit(broken)];
    }),
    answers: comparedAnswers(workspace),
    sets: sets.map(({ keys, parts }) => [keys.map(keyNumber.of), parts.map((part) => numberOf.get(part) ?? 0)]),
    keys: keyNumber.all.map((key) => {
      const { what, of } = workspace.ledger.keys[key] ?? { what: "", of: "" };
      return [whatNumber.of(what), nameOf(of)];
    }),
    whats: whatNumber.all,
    rules: Object.fromEntries(
      [...runs].map(([{ name }, { reads, units }]): [string, KeptRun] => [
        name,
        {
          reads: numberOf.get(reads) ?? 0,
          units: units.map((unit) => [unit.file === undefined ? null : nameOf(unit.file), numberOf.get(unit.reads) ?? 0]),
          problems: units.flatMap(({ problems }, index) => (problems.length === 0 ? [] : [[index, problems] as const])),
        },
      ]),
    ),
    survey: survey === undefined ? null : keptSurvey(survey),
  };
  const prints = survey === undefined ? [] : [...survey.kinds.values()].flatMap((kind) => kind.prints);
  cache.setAside(RUNS, new Map([[TEXT, Buffer.from(JSON.stringify(kept), "utf8")], [PRINTS, Buffer.concat(prints.map(bytesOf))]]));
}

/** How rules ran over a workspace the last time; undefined where that was not kept. */
export function recallRuns(cache: Cache): Past | undefined {
  const [text, prints] = [cache.takeUp(RUNS, TEXT), cache.takeUp(RUNS, PRINTS)];
  const kept: unknown = text && JSON.parse(text.toString("utf8"));
  if (!isKeptRuns(kept) || prints === undefined) return undefined;
  const { ground, files, answers, whats } = kept;
  const pathOf = (file: string | number): string => (typeof file === "string" ? file : (files[file]?.[0] ?? ""));
  const ledger = new Ledger(true, kept.keys.map(([what, of]) => ({ what: whats[what] ?? "", of: pathOf(of) })));
  const sets: Reads[] = [];
  for (const [keys, parts] of kept.sets) sets.push(ledger.adopt(keys, parts.flatMap((part) => sets[part] ?? [])));
  const setAt = (index: number): Reads => sets[index] ?? ledger.nothing;
  const hashes = new Map(files);
  const numbers = new Map(files.map(([path], index) => [path, index]));
  return {
    ledger,
    ground,
    sources: hashes,
    stateOf: hashesIn(cache),
    answerOf: (name) => answers[name],
    copySurvey: kept.survey === null ? undefined : surveyFrom(kept.survey, prints),
    runs: new Map(Object.entries(kept.rules).map(([name, { reads, units, problems }]) => {
      const found = new Map(problems);
      return [name, { reads: setAt(reads), units: units.map(([file, set], index): Unit => ({ file: file === null ? undefined : pathOf(file), reads: setAt(set), problems: found.get(index) ?? [] })) }];
    })),
    briefOf: (path) => {
      const [targets, computes, directed, broken] = kept.briefs[numbers.get(path) ?? -1] ?? [];
      return targets && { targets: targets.map((target) => toPath(pathOf(target))), computes: computes === 1, directed: directed === 1, broken: broken === 1 };
    },
    outlineOf: (path) => {
      const bytes = cache.outdated(path, hashes.get(path) ?? "", "outline");
      const outline = bytes && decodeOutline(bytes);
      return outline?.kind === "source" ? outline : undefined;
    },
  };
}

/** Sets and everything that is in them, parts first. */
function reachable(all: readonly Reads[]): readonly Reads[] {
  const found = new Set<Reads>();
  const add = (set: Reads): void => {
    if (found.has(set)) return;
    set.parts.forEach(add);
    found.add(set);
  };
  all.forEach(add);
  return [...found];
}

/** Numbers things in the order in which they are asked about. */
function numbering<Item>(): { readonly all: readonly Item[]; readonly of: (item: Item) => number } {
  const numbers = new Map<Item, number>();
  const all: Item[] = [];
  return {
    all,
    of: (item) => {
      const known = numbers.get(item);
      if (known !== undefined) return known;
      numbers.set(item, all.length);
      return all.push(item) - 1;
    },
  };
}

function keptSurvey({ files, shared, involved, kinds }: CopySurvey): KeptSurvey {
  return {
    files: [...files],
    shared,
    involved: [...involved],
    kinds: [...kinds].map(([kind, { holders, prints, bare }]) => ({ kind, holders, prints: prints.map(({ length }) => length), bare: [...bare] })),
  };
}

function surveyFrom({ files, shared, involved, kinds }: KeptSurvey, prints: Buffer): CopySurvey {
  const all = new Uint32Array(prints.buffer.slice(prints.byteOffset, prints.byteOffset + prints.byteLength));
  let at = 0;
  return {
    files: new Set(files),
    shared,
    involved: new Set(involved),
    kinds: new Map(kinds.map(({ kind, holders, prints: lengths, bare }) => {
      const own = lengths.map((length) => all.subarray(at, (at += length)));
      return [kind, { holders, prints: own, bare: new Map(bare) }];
    })),
  };
}

function bit(is: boolean): 0 | 1 {
  return is ? 1 : 0;
}

function bytesOf(numbers: Uint32Array): Buffer {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

/** What has the right checksum was written by us: it is enough to see that it is what it should be at all. */
function isKeptRuns(value: unknown): value is KeptRuns {
  return typeof value === "object" && value !== null && "ground" in value && "sets" in value && "rules" in value;
}
