import type { Path } from "../../src/files/path.js";
import { defineRule, type Related } from "../../src/rule/rule.js";
import type { Copy, Counterpart, Unit } from "../../src/workspace/copies.js";
import type { Workspace } from "../../src/workspace/workspace.js";
import { authority } from "./family.js";

/**
 * A copy is an authority of its own from the day it is made: whoever changes the original does not know that it exists, and both go on
 * answering the same question, differently.
 */
export const noDuplicateAuthority = defineRule({
  name: "no-duplicate-authority",
  family: authority,
  summary: "What is shared has one owner.",
  decisions: [],
  languages: ["source"],
  fixable: false,
  severity: "error",
  messages: {
    owned: '{{what}} is a copy of {{original}} ({{alike}}): "{{owner}}" owns it, "{{project}}" carries its own.',
    unowned: '{{what}} is the same as {{original}} ({{alike}}), and neither "{{project}}" nor "{{owner}}" can own it for the other{{more}}.',
  },
  help: {
    owned: 'Delete it and take it from "{{owner}}"; where callers need it under this name, forward: export … from "{{owner}}".',
    unowned: "Move it to a package and let every copy forward to it.",
  },
  *subjects({ workspace, policy }) {
    const files = workspace.paths.filter((path) => workspace.isJudged(path) && !workspace.matches(path, policy.duplicates.ignore));
    const copies = new Map<Path, Copy[]>(files.map((file) => [file, []]));
    for (const copy of workspace.copiesAmong(files, { shared: policy.shared, minLines: policy.duplicates.minLines })) copies.get(copy.unit.file)?.push(copy);
    yield* copies.values();
  },
  *check(copies, { workspace }) {
    for (const { unit, original, others, count } of copies) {
      const shown = original ?? others[0];
      if (shown === undefined) continue;
      const at = placeOf(unit, workspace);
      const data = {
        what: described(unit),
        original: whereabouts(shown.unit),
        alike: shown.share === 1 ? "the same but for layout and local names" : `${percent(shown)} alike`,
        owner: shown.unit.owner.name,
        project: unit.owner.name,
      };
      const subject = unit.name === "" ? "module" : unit.name;
      const related = [...(original ? [original] : []), ...others.slice(0, SHOWN)].map((other) => relatedTo(other, other === original, workspace));
      if (original !== undefined) yield { message: "owned", data, at, subject, related };
      else yield { message: "unowned", data: { ...data, more: count > 1 ? `; there are ${count + 1} copies` : "" }, at, subject, related };
    }
  },
});

/** Copies that a finding names; each of the others has a finding of its own. */
const SHOWN = 8;

const nouns = { module: "module", code: "declaration", type: "type", vocabulary: "vocabulary" };

function described({ kind, name }: Unit): string {
  if (kind === "module") return "This module";
  return name === "*default*" ? "The default export" : `The ${nouns[kind]} "${name}"`;
}

function whereabouts({ kind, name, file }: Unit): string {
  if (kind === "module") return file;
  return name === "*default*" ? `the default export of ${file}` : `"${name}" in ${file}`;
}

function relatedTo(other: Counterpart, isOwner: boolean, workspace: Workspace): Related {
  const { unit } = other;
  return { at: placeOf(unit, workspace), message: isOwner ? `"${unit.owner.name}" owns it here.` : `"${unit.owner.name}" has a copy here (${percent(other)}).` };
}

function placeOf({ kind, file, at }: Unit, workspace: Workspace) {
  return kind === "module" ? workspace.line(file, 1) : workspace.place(file, at);
}

/** Rounded down: only what is the same is alike by 100 %. */
function percent({ share }: Counterpart): string {
  return `${Math.floor(share * 100)} %`;
}
