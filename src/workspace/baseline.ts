import type { FileFacts, JsonNode, JsonProperty } from "../facts/facts.js";
import { toPath, type Path } from "../files/path.js";
import { readUntil, type Until } from "./exit.js";
import { jsonString } from "./json.js";
import { placeOf } from "./place.js";
import type { Place, WorkspaceProblem } from "./workspace.js";

/** Where the baseline stands when nobody says otherwise. */
export const BASELINE_FILE = toPath("drift-guard.baseline.json");

/** What was there when drift-guard came, and may stay for a while; and how much it saw then. */
export interface Baseline {
  readonly file: Path;
  readonly entries: readonly BaselineEntry[];
  /** By rule: how many subjects it looked at. */
  readonly examined: readonly Recorded[];
  /** By bridge: how many modules imported it. */
  readonly importers: readonly Recorded[];
  /** What cannot be read as a baseline. */
  readonly problems: readonly WorkspaceProblem[];
}

/** A finding that is known. */
export interface BaselineEntry {
  readonly key: string;
  /** Name of the rule without prefix. */
  readonly rule: string;
  /** Where it stood when the entry was written, for people. */
  readonly path: string;
  readonly owner: string | undefined;
  readonly reason: string | undefined;
  readonly until: Until | undefined;
  readonly at: Place;
}

/** A number that was true when the baseline was written. */
export interface Recorded {
  readonly name: string;
  readonly count: number;
  readonly at: Place;
}

/** What a baseline entry is called behind an article. */
export function entryName({ key, rule, path }: BaselineEntry): string {
  return `baseline entry ${key} (${rule} in ${path})`;
}

/** Reads a baseline; what is wrong with it is a problem, and the rest counts. */
export function readBaseline(file: Path, facts: FileFacts | undefined): Baseline {
  const problems: WorkspaceProblem[] = [];
  const fault = (line: number, what: string): void => void problems.push({ message: `The baseline "${file}" ${what}`, file, line });
  const nothing = { file, entries: [], examined: [], importers: [], problems };
  if (facts === undefined || facts.kind === "source") {
    fault(1, "is not there or cannot be read.");
    return nothing;
  }
  const [broken] = facts.syntaxErrors;
  const place = (node: JsonNode): Place => placeOf(facts, file, node.span);
  if (broken !== undefined || facts.root?.kind !== "object") {
    const why = broken === undefined ? "it must be one object" : broken.message.replace(/\.$/u, "");
    const line = broken === undefined ? 1 : placeOf(facts, file, broken.span).line;
    fault(line, `cannot be parsed: ${why}. After a merge, keep the entries of both sides.`);
    return nothing;
  }

  const sections = facts.root.properties;
  for (const { key, value } of sections) if (!SECTIONS.includes(key)) fault(place(value).line, `has the unknown key "${key}"; it may have ${listed(SECTIONS)}.`);
  for (const { key, value } of repeated(sections, ({ key }) => key)) fault(place(value).line, `has "${key}" twice; keep one.`);

  const entries = section(sections, "entries").flatMap((node) => {
    if (node.kind === "array") return node.items.flatMap((item) => entryOf(item, place(item), fault) ?? []);
    fault(place(node).line, 'must have a list for "entries".');
    return [];
  });
  for (const { key, at } of repeated(entries, ({ key }) => key)) fault(at.line, `has the entry ${key} twice; keep one.`);

  const numbers = (name: string): readonly Recorded[] =>
    section(sections, name).flatMap((node) => {
      if (node.kind === "object") return node.properties.flatMap((property) => recordedOf(property, place(property.value), fault) ?? []);
      fault(place(node).line, `must have an object for "${name}".`);
      return [];
    });
  return { file, entries, examined: numbers("examined"), importers: numbers("importers"), problems };
}

const SECTIONS: readonly string[] = ["entries", "examined", "importers"];
const ENTRY_KEYS: readonly string[] = ["key", "rule", "file", "owner", "reason", "until"];

type Fault = (line: number, what: string) => void;

function entryOf(node: JsonNode, at: Place, fault: Fault): BaselineEntry | undefined {
  if (node.kind !== "object") {
    fault(at.line, "has an entry that is no object.");
    return undefined;
  }
  const wrong = node.properties.find(({ key, value }) => !ENTRY_KEYS.includes(key) || value.kind !== "value" || typeof value.value !== "string");
  if (wrong !== undefined) {
    fault(at.line, `has an entry with "${wrong.key}", which ${ENTRY_KEYS.includes(wrong.key) ? "must be a text" : `it may not have; it may have ${listed(ENTRY_KEYS)}`}.`);
    return undefined;
  }
  const text = (key: string): string | undefined => {
    const value = jsonString(node, key)?.trim();
    return value === "" ? undefined : value;
  };
  const [key, rule, until] = [text("key"), text("rule"), text("until")];
  if (key === undefined || rule === undefined) {
    fault(at.line, `has an entry without "${key === undefined ? "key" : "rule"}".`);
    return undefined;
  }
  const path = text("file") ?? "an unnamed file";
  return { key, rule, path, owner: text("owner"), reason: text("reason"), until: until === undefined ? undefined : readUntil(until), at };
}

function recordedOf({ key, value }: JsonProperty, at: Place, fault: Fault): Recorded | undefined {
  if (value.kind === "value" && typeof value.value === "number" && Number.isInteger(value.value) && value.value >= 0)
    return { name: key, count: value.value, at };
  fault(at.line, `must have a count for "${key}".`);
  return undefined;
}

function section(sections: readonly JsonProperty[], name: string): readonly JsonNode[] {
  return sections.filter(({ key }) => key === name).map(({ value }) => value);
}

/** Those that come again. */
function repeated<Item>(items: readonly Item[], nameOf: (item: Item) => string): readonly Item[] {
  const seen = new Set<string>();
  return items.filter((item) => seen.size === seen.add(nameOf(item)).size);
}

function listed(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}
