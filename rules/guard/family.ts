import { law, ruleNames } from "../../src/policy/law.js";
import type { Policy, Requirement, RouteFamily } from "../../src/policy/policy.js";
import type { Family, Found } from "../../src/rule/rule.js";
import { entryName, type BaselineEntry } from "../../src/workspace/baseline.js";
import { suppressionName, suppressionsIn, type Suppression } from "../../src/workspace/suppressions.js";
import type { Place, Workspace } from "../../src/workspace/workspace.js";

/** What drift-guard reads of the policy to watch itself. */
export interface GuardSlice {
  readonly required: readonly Requirement[];
  readonly manifestExport: string;
  readonly families: Readonly<Record<string, RouteFamily>>;
}

/** drift-guard watching itself: what it was told to protect is there, and nothing switches it off in silence. */
export const guard: Family<GuardSlice> = {
  name: "guard",
  sentence: "drift-guard is never silently off: what it was told to protect exists, and every suppression says why, whose and until when.",
  slice: (policy: Policy) => ({ required: policy.required, manifestExport: policy.layout.manifest.export, families: policy.routes.families }),
};

/** What an exception says of itself. */
export type Said = Pick<Suppression, "owner" | "reason" | "until">;

/** A comment or baseline entry that keeps findings from counting. */
export interface Exception extends Said {
  readonly what: string;
  readonly subject: string;
  readonly at: Place;
  /** The rules that it names. */
  readonly rules: readonly string[];
  /** Those of them, or of all where it names none, that would report something without it. */
  readonly silenced: readonly string[];
  /** What to say of a rule that would not. */
  readonly unused: "unused" | "stale";
}

/** The exceptions from rules of drift-guard, each with what it is still good for. */
export function exceptionsIn(workspace: Workspace, found: Found): readonly Exception[] {
  return [
    ...suppressionsIn(workspace).flatMap((one) => exceptionBy(one, found)),
    ...(workspace.baseline?.entries ?? []).map((entry) => knownBy(entry, found)),
  ];
}

/** A directive comment; one that names no rule and silences none of ours is somebody else's. */
function exceptionBy(suppression: Suppression, found: Found): readonly Exception[] {
  const silenced = silencedBy(suppression, found);
  if (suppression.rules.length === 0 && silenced.length === 0) return [];
  const subject = `${suppression.file}~${suppression.rules.join()}`;
  return [{ ...suppression, what: suppressionName(suppression), subject, silenced, unused: "unused" }];
}

function knownBy(entry: BaselineEntry, found: Found): Exception {
  const { key, rule } = entry;
  const isKnown = found(rule)?.some((finding) => finding.key === key && finding.state === "known") ?? isAskable(rule);
  return { ...entry, what: entryName(entry), subject: key, rules: [rule], silenced: isKnown ? [rule] : [], unused: "stale" };
}

/** The rules that a suppression keeps from being reported; those that it names and nobody can ask are taken to be among them. */
function silencedBy({ at, rules }: Suppression, found: Found): readonly string[] {
  const isIt = (place: Place | undefined): boolean => place?.file === at.file && place.line === at.line && place.column === at.column;
  const isSilenced = (rule: string): boolean | undefined => found(rule)?.some(({ exception }) => isIt(exception?.at));
  return rules.length === 0
    ? ruleNames.filter((rule) => isSilenced(rule) === true)
    : rules.filter((rule) => isSilenced(rule) ?? isAskable(rule));
}

/** Why a rule could not be silenced at all. */
export function whyUnsuppressible(rule: string): "unknown" | "unsuppressible" | undefined {
  if (!isOf(ruleNames, rule)) return "unknown";
  return isOf(law.guard, rule) ? "unsuppressible" : undefined;
}

function isAskable(rule: string): boolean {
  return whyUnsuppressible(rule) === undefined;
}

function isOf(names: readonly string[], name: string): boolean {
  return names.includes(name);
}
