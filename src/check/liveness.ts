import type { RunProblem } from "../rule/finding.js";
import type { Rule } from "../rule/rule.js";
import type { Recorded } from "../workspace/baseline.js";
import type { Workspace } from "../workspace/workspace.js";

/**
 * Why the silence of a rule is not to be trusted: it looks at nothing any more, or at less than half of what it did when the baseline was
 * written.
 *
 * @param examined how many subjects it looked at; undefined when it is off
 */
export function blindness(rule: Rule, examined: number | undefined, { baseline }: Workspace): readonly RunProblem[] {
  const record = baseline?.examined.find(({ name }) => name === rule.name);
  if (record === undefined) return [];
  const { count, at } = record;
  if (examined === undefined) {
    const message = `The rule "${rule.name}" is off, and was on when the baseline was written. Turn it on; if that is meant, take its number out of ${at.file}.`;
    return [{ message, file: at.file, line: at.line }];
  }
  if (rule.dwindling || !hasFallen(record, examined)) return [];
  const then = `${String(count)} ${count === 1 ? "subject" : "subjects"} when the baseline was written`;
  const message = `The rule "${rule.name}" looked at ${String(examined)}, and at ${then}: what it protects has gone out of its sight. Restore that; if it is meant, lower the number in ${at.file}.`;
  return [{ message, file: at.file, line: at.line }];
}

function hasFallen({ count }: Recorded, now: number): boolean {
  return (count > 0 && now === 0) || now * 2 < count;
}
