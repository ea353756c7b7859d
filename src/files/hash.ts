import { createHash } from "node:crypto";

/** A text's fingerprint: equal texts, equal fingerprints, on every machine; safe in file names and URLs. */
export function hashText(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("base64url");
}
