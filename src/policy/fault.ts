import type { z } from "zod";
import type { Path } from "../files/path.js";
import type { JsonNode } from "../facts/facts.js";
import { nearest } from "./nearest.js";
import type { PolicyFault } from "./policy.js";
import { KEY_SEPARATOR } from "./schema.js";
import { locate, shorten, spell, type KeyPath } from "./tree.js";

/** A config file with its tree, as faults need it. */
export interface ConfigSource {
  readonly file: Path;
  readonly root: JsonNode;
}

/** A fault at a key's value, or at the key itself; where the way ends early, at the last thing that is there. */
export function faultAt(source: ConfigSource, path: KeyPath, message: string, which: "key" | "value" = "value"): PolicyFault {
  for (let length = path.length; ; length -= 1) {
    const found = locate(source.root, path.slice(0, length));
    if (found === undefined && length > 0) continue;
    const value = found?.value ?? source.root;
    const span = which === "key" && length === path.length ? (found?.keySpan ?? value.span) : value.span;
    return { message, file: source.file, span };
  }
}

/** What the schema objects to, as sentences that name the key, what was expected and what was probably meant. */
export function faultsOf(source: ConfigSource, issues: readonly z.core.$ZodIssue[]): readonly PolicyFault[] {
  return issues.flatMap((issue) => {
    const path = issue.path.filter((step) => typeof step !== "symbol");
    if (issue.code === "unrecognized_keys") {
      const valid = issue.message.split(KEY_SEPARATOR);
      return issue.keys.map((key) => faultAt(source, [...path, key], unknownKey(path, key, valid), "key"));
    }
    if (issue.code === "invalid_key")
      return issue.issues.map((inner) => faultAt(source, path, `"${spell(path)}" ${inner.message}.`, "key"));
    return [faultAt(source, path, sentence(source, path, issue))];
  });
}

function sentence(source: ConfigSource, path: KeyPath, issue: z.core.$ZodIssue): string {
  const subject = path.length === 0 ? "The config" : `"${spell(path)}"`;
  const found = locate(source.root, path)?.value;
  if (found === undefined) return missingKey(path);
  if (issue.code === "invalid_type" || issue.code === "invalid_union") return `${subject} must be ${issue.message}, not ${nounOf(found)}.`;
  if (issue.code !== "invalid_value") return `${subject} ${issue.message}.`;
  const words = issue.values.map(String);
  return `${subject} must be ${alternatives(words)}, not ${nounOf(found)}${meant(found, words)}.`;
}

function unknownKey(path: KeyPath, key: string, valid: readonly string[]): string {
  const name = `"${spell([...path, key])}"`;
  if (path.length === 1 && path[0] === "rules")
    return `${name} is not a rule of drift-guard${didYouMean(key.replace(/^drift-guard\//u, ""), valid)}.`;
  const hint = didYouMean(key, valid);
  if (hint !== "") return `${name} is not a key of the config${hint}.`;
  return `${name} is not a key of the config; ${path.length === 0 ? "there are" : `"${spell(path)}" has`} ${enumerate(valid, "and")}.`;
}

/** The sentence for a key that must be there. */
export function missingKey(path: KeyPath): string {
  return `"${spell(path.slice(0, -1))}" needs ${JSON.stringify(path.at(-1))}.`;
}

/** The hint at what was probably meant, to be put before the full stop; empty when nothing is near. */
export function didYouMean(word: string, words: readonly string[]): string {
  const near = nearest(word, words);
  return near === undefined ? "" : ` (did you mean "${near}"?)`;
}

function meant(found: JsonNode, words: readonly string[]): string {
  return found.kind === "value" && typeof found.value === "string" ? didYouMean(found.value, words) : "";
}

/** Words in quotes as a choice. */
export function alternatives(words: readonly string[]): string {
  return enumerate(words, "or");
}

function enumerate(words: readonly string[], conjunction: "and" | "or"): string {
  const quoted = words.map((word) => `"${word}"`);
  const last = quoted.pop() ?? "";
  return quoted.length === 0 ? last : `${quoted.join(", ")} ${conjunction} ${last}`;
}

/** What a JSON value is, for "must be X, not Y". */
function nounOf(node: JsonNode): string {
  if (node.kind !== "value") return node.kind === "array" ? "a list" : "an object";
  if (node.value === null) return "null";
  return typeof node.value === "string" ? JSON.stringify(shorten(node.value)) : String(node.value);
}
