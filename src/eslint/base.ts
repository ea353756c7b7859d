import { trustProblems } from "../check/trust.js";
import { languageOf } from "../files/language.js";
import { wouldList } from "../files/list.js";
import type { Path } from "../files/path.js";
import type { SourceText } from "../files/snapshot.js";
import { CONFIG_FILE } from "../policy/load.js";
import type { Rule } from "../rule/rule.js";
import { type Extractor, internalError, openSources, type Opened, type Refused } from "../run.js";
import { withFile } from "../workspace/build.js";
import type { FactStore } from "./fact-store.js";
import { judge, type Judgement, unjudged } from "./judgement.js";
import { type Picture, pictureWith, sourcesOf } from "./sighting.js";

/** What follows from a picture of the disk. Unsaved texts are answered on top of it and leave no trace in it. */
export interface Base {
  readonly picture: Picture;
  /** The day that it was judged on. */
  readonly now: string;
  /**
   * The judgement on the workspace as it would be with this text on disk.
   *
   * @returns undefined for a file that is none of the workspace's
   */
  judgementWith(path: Path, text: string): Judgement | undefined;
}

/**
 * Opens the workspace of a picture.
 *
 * @param rules every rule that there is
 */
export function baseOn(picture: Picture, store: FactStore, now: string, rules: readonly Rule[]): Base {
  const opened = openPicture(picture, store, now);
  const judgement = judgementOf(opened);
  const listed = new Set(picture.paths);

  return {
    picture,
    now,
    judgementWith(path, text) {
      const saved = picture.files.get(path);
      if (saved === undefined && listed.has(path)) return judgement;
      if (saved?.text === text) return judgement;
      const language = languageOf(path);
      if (language === undefined || (saved === undefined && !wouldList(picture.root, path))) return undefined;
      return swapped({ path, language, text });
    },
  };

  function swapped(source: SourceText): Judgement {
    // Without a policy any file may be the one that makes one possible, and another config makes another policy.
    if ("faults" in opened || source.path === CONFIG_FILE) return judgementOf(openPicture(pictureWith(picture, source), store, now));
    const { workspace, snapshot, textOf } = opened;
    if (workspace.matches(source.path, workspace.policy.exclude)) return judgement;
    const changed = withFile(workspace, source.path, store.outline(source), () => store.body(source));
    return judge({
      workspace: changed,
      problems: trustProblems(changed, snapshot.unreadable),
      textOf: (path) => (path === source.path ? source.text : textOf(path)),
      rules,
    });
  }

  function judgementOf(it: Opened | Refused): Judgement {
    return "faults" in it ? unjudged(it.faults) : judge({ ...it, rules });
  }
}

function openPicture(picture: Picture, extractor: Extractor, now: string): Opened | Refused {
  try {
    return openSources(sourcesOf(picture), { extractor, now });
  } catch (error) {
    return { faults: [internalError(error, false)] };
  }
}
