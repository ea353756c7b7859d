import type { DirectiveFact } from "../facts/facts.js";
import type { Path } from "../files/path.js";
import { RULE_PREFIX } from "../policy/law.js";
import { parseUntil, type Until } from "./exit.js";
import type { Place, Workspace } from "./workspace.js";

/** A directive comment that silences rules of drift-guard. */
export interface Suppression {
  readonly file: Path;
  readonly at: Place;
  /** Names without prefix of the rules of drift-guard that it names; empty for one that names no rule at all and silences every one. */
  readonly rules: readonly string[];
  /** Why, apart from owner and end; undefined where nothing is said. */
  readonly reason: string | undefined;
  readonly owner: string | undefined;
  readonly until: Until | undefined;
}

/** The directive comments that could silence rules of drift-guard, in order of files and places. */
export function suppressionsIn(workspace: Workspace): readonly Suppression[] {
  return workspace.paths.filter((file) => workspace.hasDirectives(file)).flatMap((file) =>
    (workspace.source(file)?.directives ?? []).flatMap((directive) => {
      const rules = ourRules(directive);
      return rules === undefined ? [] : [{ file, at: workspace.place(file, directive.span), rules, ...saidIn(directive.reason ?? "") }];
    }),
  );
}

/** What a suppression is called behind an article. */
export function suppressionName({ file, rules }: Suppression): string {
  return `suppression of ${rules.length === 0 ? "every rule" : rules.map((rule) => RULE_PREFIX + rule).join(", ")} in ${file}`;
}

function ourRules({ type, rules }: DirectiveFact): readonly string[] | undefined {
  if (type === "enable") return undefined;
  const ours = rules.filter((rule) => rule.startsWith(RULE_PREFIX)).map((rule) => rule.slice(RULE_PREFIX.length));
  return ours.length > 0 || rules.length === 0 ? ours : undefined;
}

/** A directive's reason, taken apart: `moved in #412 (owner: @core, until: 2026-12-01)`. */
function saidIn(text: string): Pick<Suppression, "reason" | "owner" | "until"> {
  const owner = OWNER.exec(text)?.groups?.["owner"]?.trim();
  const reason = text.replace(OWNER, "").replace(UNTIL, "").replace(/^[\s(),;.:-]+|[\s(),;.:-]+$/gu, "");
  return { reason: reason === "" ? undefined : reason, owner: owner === "" ? undefined : owner, until: parseUntil(text) };
}

const OWNER = /\bowner:\s*(?<owner>[^,;)\r\n]*)/iu;
const UNTIL = /\buntil:\s*[^,;)\r\n]*/iu;
