import type { ModuleBody } from "./expression.js";
import type { FileFacts } from "./facts.js";

/** Facts as bytes, to be kept or sent; they are plain JSON. */
export function encodeFacts(facts: FileFacts | ModuleBody): Buffer {
  return Buffer.from(JSON.stringify(facts), "utf8");
}

/**
 * The outline that was encoded.
 *
 * @param bytes what {@link encodeFacts} of the same extractor made: their checksum was looked at before, their shape is not
 * @returns undefined where they are nothing of the kind
 */
export function decodeOutline(bytes: Buffer): FileFacts | undefined {
  const value: unknown = JSON.parse(bytes.toString("utf8"));
  return isOutline(value) ? value : undefined;
}

/** The body that was encoded; as {@link decodeOutline}. */
export function decodeBody(bytes: Buffer): ModuleBody | undefined {
  const value: unknown = JSON.parse(bytes.toString("utf8"));
  return isBody(value) ? value : undefined;
}

function isOutline(value: unknown): value is FileFacts {
  return isObject(value) && "kind" in value && "lineStarts" in value && Array.isArray(value.lineStarts);
}

function isBody(value: unknown): value is ModuleBody {
  return isObject(value) && "bindings" in value && "functions" in value && "embedded" in value;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
