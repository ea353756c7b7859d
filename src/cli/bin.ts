#!/usr/bin/env node
import module from "node:module";
import { main } from "./main.js";

// What is loaded from here on is compiled once and kept for the next run, where Node can do that (from 22.1 on).
const keepCompiled: unknown = Reflect.get(module, "enableCompileCache");
if (typeof keepCompiled === "function") keepCompiled();

/** Ends the process with exit 2 when what it has to say cannot be said; a reader that has seen enough (`| head`) is no such case. */
function lostOutput(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") return;
  process.stderr.write(`error: The output cannot be written: ${error.message}.\n`);
  process.exit(2);
}

process.stdout.on("error", lostOutput);
process.stderr.on("error", () => undefined);

// Not process.exit: what is still on its way through a pipe would be cut off.
process.exitCode = await main(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
});
