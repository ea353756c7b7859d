import type { TextOf } from "../check/identity.js";
import type { Path } from "../files/path.js";

/** Gives the lines of files, splitting each file once; breaks are those that facts count. */
export function linesOf(textOf: TextOf): (file: Path, line: number) => string | undefined {
  const split = new Map<Path, readonly string[]>();
  return (file, line) => {
    const lines = split.get(file) ?? textOf(file)?.split(/\r\n|[\n\r\u2028\u2029]/u) ?? [];
    split.set(file, lines);
    return lines[line - 1];
  };
}
