import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Writes a text file, making the folders on its way.
 *
 * @param file absolute, or relative to where the process runs
 * @param how `create` leaves a file alone that is already there
 * @returns whether it was written
 */
export function writeText(file: string, text: string, how: "create" | "replace"): boolean {
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(file, text, { flag: how === "create" ? "wx" : "w" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}
