import { readFileSync } from "node:fs";
import { writeText } from "./write.js";

/** Puts a new text into a file that is there; a byte order mark, which no text in the house carries, stays in front. */
export function rewriteText(file: string, text: string): void {
  const hasMark = readFileSync(file)
    .subarray(0, 3)
    .equals(Buffer.from([0xef, 0xbb, 0xbf]));
  writeText(file, hasMark ? `\uFEFF${text}` : text, "replace");
}
