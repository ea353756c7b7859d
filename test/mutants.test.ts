import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it, vi } from "vitest";
import { rules } from "../rules/index.js";
import { checkWorkspace } from "../src/check/check.js";
import type { Rule } from "../src/rule/rule.js";
import { openWorkspace } from "../src/run.js";
import { casesOf, describeMarker, readMarkers } from "./markers.js";
import { mutations } from "./mutants.js";

// Due dates are judged on the day that the examples were written for.
vi.setSystemTime("2026-06-01");

const project = path.resolve(import.meta.dirname, "..");
// Two folders deep like the rules, so that their imports of src/ hold.
const nursery = path.join(project, "test", ".mutants");

afterAll(() => {
  rmSync(nursery, { recursive: true, force: true });
});

describe.each(rules.map((rule) => [rule.name, rule] as const))("the fixtures of %s", (_name, rule) => {
  it("hold for the rule and notice its mutant", async () => {
    expect(disagreements(rule)).toEqual([]);
    expect(disagreements(await mutantOf(rule))).not.toEqual([]);
  });
});

/** Where a rule says something else than its fixtures mark. */
function disagreements(rule: Rule): readonly string[] {
  return casesOf(rule.name).flatMap(({ name, root }) => {
    const opened = openWorkspace(root, { only: [rule] });
    if ("faults" in opened) return opened.faults.map(({ message }) => message);
    const { findings, problems } = checkWorkspace(opened.workspace, [rule], { textOf: opened.textOf, among: rules });
    const crashes = problems.filter(({ message }) => message.includes("internal error")).map(({ message }) => message);
    if (crashes.length > 0) throw new Error(crashes.join("\n"));
    const found = findings.map((finding) => describeMarker(finding));
    const expected = readMarkers(root).expected.filter((marker) => marker.rule === rule.name).map(describeMarker);
    const difference = [...found.filter((at) => !expected.includes(at)), ...expected.filter((at) => !found.includes(at))];
    return difference.length > 0 || found.length === expected.length ? difference : [`${name}: ${String(found.length)} instead of ${String(expected.length)}`];
  });
}

async function mutantOf(rule: Rule): Promise<Rule> {
  const source = readFileSync(path.join(project, "rules", rule.family.name, `${rule.name}.ts`), "utf8");
  const mutation = mutations[rule.name];
  if (mutation === undefined) throw new Error(`${rule.name} has no mutation in test/mutants.ts`);
  expect(source.split(mutation.replace).length, `${rule.name} holds the text to mutate once`).toBe(2);
  const mutated = source.replace(mutation.replace, () => mutation.by).replaceAll('"./', `"../../rules/${rule.family.name}/`);
  mkdirSync(nursery, { recursive: true });
  const file = path.join(nursery, `${rule.name}.ts`);
  writeFileSync(file, mutated);
  const module: Record<string, unknown> = await import(/* @vite-ignore */ pathToFileURL(file).href);
  const found = Object.values(module).find(isRule);
  if (found === undefined) throw new Error(`The mutant of ${rule.name} exports no rule`);
  return found;
}

function isRule(value: unknown): value is Rule {
  return typeof value === "object" && value !== null && "run" in value && "summary" in value;
}
