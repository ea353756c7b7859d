import { CommanderError } from "commander";
import { CliError } from "./cli-error.js";
import type { ExitCode, Io } from "./io.js";
import { createProgram } from "./program.js";

/** Runs one command line; nothing but `io` tells it where it is. */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = createProgram(io, (exit) => {
    code = exit;
  });
  try {
    await program.parseAsync(argv, { from: "user" });
    return code;
  } catch (error) {
    // Commander has printed its own message; --help and --version end this way too.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    io.stderr.write(error instanceof CliError ? `error: ${error.message}\n` : internalError(error, argv.includes("--debug")));
    return 2;
  }
}

function internalError(error: unknown, debug: boolean): string {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return debug ? `internal error: ${stack ?? message}\n` : `internal error: ${message} (run with --debug for the stack, and report it)\n`;
}
