import minVersion from "semver/ranges/min-version.js";
import satisfies from "semver/functions/satisfies.js";
import validRange from "semver/ranges/valid.js";
import type { JsonNode } from "../facts/facts.js";
import { toPath, type Path } from "../files/path.js";
import { globFault } from "../policy/glob.js";
import { jsonProperty, jsonString } from "./json.js";
import { readPackage } from "./package.js";
import type { Workspace } from "./workspace.js";

/** When something that was to be short-lived ends: what bridges, suppressions and baseline entries say of themselves. */
export type Exit =
  /** The last day on which it may stand, `YYYY-MM-DD` in UTC. */
  | { readonly kind: "date"; readonly date: string }
  /** Nothing but tests imports it any more. */
  | { readonly kind: "no-importers" }
  /** Nothing but tests imports another file, or anything in a folder. */
  | { readonly kind: "no-importers-of"; readonly path: string }
  /** A package has arrived at a version. */
  | { readonly kind: "package"; readonly name: string; readonly range: string }
  | { readonly kind: "file-gone"; readonly path: string };

/** An exit, or why a text is none: the end of a sentence that begins with the text. */
export type ParsedExit = { readonly exit: Exit } | { readonly fault: string };

const FORMS = '"YYYY-MM-DD", "no-importers", "no-importers-of <path>", "package <name>@<range>" or "file-gone <path>"';

/** Reads an exit condition; never throws. */
export function parseExit(text: string): ParsedExit {
  const [word = "", ...rest] = text.trim().split(/\s+/u);
  const argument = rest.join(" ");
  switch (word) {
    case "no-importers":
      return argument === "" ? { exit: { kind: word } } : { fault: 'takes nothing after it ("no-importers-of <path>" asks about another file)' };
    case "no-importers-of":
    case "file-gone": {
      const fault = argument === "" ? "needs a path" : pathFault(argument);
      return fault === undefined ? { exit: { kind: word, path: argument } } : { fault };
    }
    case "package":
      return parsePackage(argument);
    default:
      return parseDate(text.trim());
  }
}

/** An exit as somebody has written it. */
export type Until = ParsedExit & { readonly text: string };

/** The exit that a reason names with `until:`, as in `moved in #412 (owner: @core, until: 2026-12-01)`; undefined where it names none. */
export function parseUntil(reason: string): Until | undefined {
  const text = /\buntil:\s*(?<exit>[^,;)\r\n]*)/iu.exec(reason)?.groups?.["exit"]?.trim();
  return text === undefined ? undefined : readUntil(text);
}

/** Reads the exit of something that nothing imports, so that it cannot wait for its own importers. */
export function readUntil(text: string): Until {
  const parsed = parseExit(text);
  if ("exit" in parsed && parsed.exit.kind === "no-importers")
    return { fault: 'says nothing about an exception; write "no-importers-of <path>"', text };
  return { ...parsed, text };
}

/** The text that reads as an exit. */
export function printExit(exit: Exit): string {
  switch (exit.kind) {
    case "date":
      return exit.date;
    case "no-importers":
      return exit.kind;
    case "no-importers-of":
    case "file-gone":
      return `${exit.kind} ${exit.path}`;
    case "package":
      return `package ${exit.name}@${exit.range}`;
  }
}

function parseDate(text: string): ParsedExit {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return { fault: text === "" ? `is empty; write ${FORMS}` : `is no exit; write ${FORMS}` };
  return isDay(text) ? { exit: { kind: "date", date: text } } : { fault: "is no day of the calendar" };
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function parsePackage(argument: string): ParsedExit {
  const { name, range = "" } = /^(?<name>(?:@[\w.~-]+\/)?[\w.~-]+)@(?<range>.+)$/u.exec(argument)?.groups ?? {};
  if (name === undefined) return { fault: 'needs a package and a range, as in "package @scope/name@>=2"' };
  if (validRange(range) === null) return { fault: `has "${range}" for a range of versions, which is none` };
  return { exit: { kind: "package", name, range } };
}

function pathFault(path: string): string | undefined {
  const fault = globFault(path);
  if (fault !== undefined) return `has a path that ${fault}`;
  return /[*?[\]{}!]|\s/u.test(path) ? `needs one path, not a pattern ("${path}")` : undefined;
}

/** What is asked of a workspace to judge an exit. */
export type ExitGround = Pick<Workspace, "now" | "paths" | "names" | "facts" | "projects" | "importersOf" | "isTest">;

/** How an exit stands today. */
export type ExitState =
  | { readonly kind: "open"; /** Days that are left, where that is known; 0 on the last one. */ readonly days?: number }
  | { readonly kind: "overdue" }
  /** A full sentence without full stop on what has come true. */
  | { readonly kind: "met"; readonly because: string };

/**
 * How an exit stands.
 *
 * @param importers how many modules still import what the exit belongs to; what has no importers by nature waits for none
 */
export function exitState(exit: Exit, ground: ExitGround, importers?: number): ExitState {
  switch (exit.kind) {
    case "date": {
      const days = daysBetween(ground.now, exit.date);
      return days < 0 ? { kind: "overdue" } : { kind: "open", days };
    }
    case "no-importers":
      return importers === 0 ? { kind: "met", because: "nothing imports it any more" } : { kind: "open" };
    case "no-importers-of":
      return isImported(exit.path, ground) ? { kind: "open" } : { kind: "met", because: `nothing imports ${exit.path} any more` };
    case "file-gone":
      return ground.names(exit.path) ? { kind: "open" } : { kind: "met", because: `${exit.path} is gone` };
    case "package": {
      const version = versionOf(exit.name, ground);
      const isMet = version !== undefined && satisfies(version, exit.range);
      return isMet ? { kind: "met", because: `${exit.name} is at ${version}` } : { kind: "open" };
    }
  }
}

/** Whether an exit can ever come: of a package that nothing here declares there is no version to wait for. */
export function canCome(exit: Exit, ground: ExitGround): boolean {
  return exit.kind !== "package" || versionOf(exit.name, ground) !== undefined;
}

/** Whole days from one day to another, both `YYYY-MM-DD`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** Whether live code outside a file or folder imports something in it. */
function isImported(path: string, ground: ExitGround): boolean {
  const isInside = (file: string): boolean => file === path || file.startsWith(`${path}/`);
  return ground.paths
    .filter(isInside)
    .some((file) => ground.importersOf(file).some(({ from }) => !isInside(from) && !ground.isTest(from)));
}

/** The version of a package: the workspace's own, else the lowest that any declared range admits. */
function versionOf(name: string, ground: ExitGround): string | undefined {
  const manifests = ground.projects.flatMap(({ packageJson }) => (packageJson === undefined ? [] : [rootOf(packageJson, ground)]));
  const own = manifests.find((manifest) => jsonString(manifest, "name") === name);
  if (own !== undefined) return jsonString(own, "version");
  const lowest = manifests.flatMap((manifest) => {
    const declared = readPackage(manifest).dependencies.get(name);
    const range = declared === undefined ? undefined : plainRange(declared, name, ground);
    return range === undefined || validRange(range) === null ? [] : (minVersion(range) ?? []);
  });
  return lowest.toSorted((a, b) => a.compare(b))[0]?.version;
}

/** The range of versions that a dependency declares, through pnpm's catalogs and npm's aliases. */
function plainRange(declared: string, name: string, ground: ExitGround): string | undefined {
  const catalog = /^catalog:(?<named>.*)$/u.exec(declared)?.groups?.["named"];
  if (catalog !== undefined) {
    const workspace = rootOf(toPath("pnpm-workspace.yaml"), ground);
    return catalog === "" || catalog === "default"
      ? (jsonString(workspace, "catalog", name) ?? jsonString(workspace, "catalogs", "default", name))
      : jsonString(jsonProperty(workspace, "catalogs")?.value, catalog, name);
  }
  return /^npm:.+@(?<range>[^@]+)$/u.exec(declared)?.groups?.["range"] ?? declared;
}

function rootOf(path: Path, ground: ExitGround): JsonNode | undefined {
  const found = ground.facts(path);
  return found === undefined || found.kind === "source" ? undefined : found.root;
}
