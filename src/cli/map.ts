import { dayWritten } from "../history/ages.js";
import { repositoryAround } from "../history/git.js";
import type { MapFormat } from "../reporters/map-formats.js";
import { renderMap } from "../reporters/map.js";
import { open } from "../run.js";
import { compositionMap } from "../workspace/composition/map.js";
import type { Place } from "../workspace/workspace.js";
import type { CommonOptions } from "./common-options.js";
import type { ExitCode, Io } from "./io.js";
import { writeOutput } from "./output.js";
import { configOf, rootOf } from "./root.js";
import { tellProblems } from "./tell-problems.js";

/** Flags of `map`. */
export interface MapOptions extends CommonOptions {
  readonly format: MapFormat;
  readonly outputFile?: string;
  readonly now?: string;
}

/** Draws the composition of a workspace as it is; what is wrong with it is for `check` to say. */
export function map(options: MapOptions, io: Io): ExitCode {
  const config = configOf(options.config, io);
  const opening = open({
    root: rootOf(options.root, io),
    ...(config === undefined ? {} : { config }),
    ...(options.now === undefined ? {} : { now: options.now }),
    debug: options.debug ?? false,
  });
  if ("faults" in opening) {
    tellProblems(opening.faults, io);
    return 2;
  }
  const repository = repositoryAround(opening.snapshot.root);
  const dayOf = ({ file, line }: Place): string | undefined => repository && dayWritten(repository, file, line);
  const text = renderMap(options.format, compositionMap(opening.workspace, dayOf));
  if (options.outputFile === undefined) io.stdout.write(text);
  else writeOutput(options.outputFile, text, io);
  tellProblems(opening.problems, io);
  return opening.problems.length > 0 ? 2 : 0;
}
