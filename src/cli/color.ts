import type { Io } from "./io.js";

/** Whether to write in colour: what was asked for on the command line, else the conventions of the environment, else the terminal. */
export function usesColor(asked: boolean | undefined, { env }: Io, isTTY: boolean): boolean {
  if (asked !== undefined) return asked;
  const forced = env["FORCE_COLOR"];
  // As Node does: FORCE_COLOR is read first, and 0 or false in it forces colour off.
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  if ((env["NO_COLOR"] ?? "") !== "" || env["TERM"] === "dumb") return false;
  return isTTY;
}
