import { describe, expect, it } from "vitest";
import { narrowed, selectRules, withTrust } from "../../src/check/select.js";
import type { Requirement } from "../../src/policy/policy.js";
import { importRule, openTexts } from "./open.js";

const one = importRule({ name: "no-one" });
const two = importRule({ name: "no-two" });
const trust = importRule({ name: "no-dead-policy", distrust: true });
const rules = [one, two, trust];

describe("a selection of rules", () => {
  it("takes names with and without prefix, in the order of the house", () => {
    expect(selectRules(rules, ["drift-guard/no-two", "no-one", "no-two"])).toEqual({ selected: [one, two], unknown: [] });
  });

  it("says which name is unknown and what was probably meant", () => {
    expect(selectRules(rules, ["no-tow", "drift-guard/something-else"]).unknown).toEqual([
      { name: "no-tow", nearest: "no-two" },
      { name: "something-else", nearest: undefined },
    ]);
  });

  it("never does without the rules that say whether the run is to be trusted", () => {
    expect(withTrust([two], rules)).toEqual([two, trust]);
  });

  it("requires only what its rules lose their ground without, unless one of them watches the policy itself", () => {
    const requirement = (subject: string, needing: readonly string[]): Requirement => ({
      kind: "glob",
      subject,
      scope: "file",
      key: "exclude",
      rules: needing,
      families: [],
    });
    const policy = {
      ...openTexts({}).workspace.policy,
      required: [requirement("a", ["no-one"]), requirement("b", ["no-two", "no-one"]), requirement("c", [])],
    };
    const subjectsFor = (selected: typeof rules): readonly string[] => narrowed(policy, selected).required.map(({ subject }) => subject);
    expect(subjectsFor([two])).toEqual(["b"]);
    expect(subjectsFor([one])).toEqual(["a", "b"]);
    expect(subjectsFor([trust])).toEqual(["a", "b", "c"]);
  });
});
