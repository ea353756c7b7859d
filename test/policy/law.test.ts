import { expect, test } from "vitest";
import { rules } from "../../rules/index.js";
import { familiesOf, law, ruleNames } from "../../src/policy/law.js";
import { presets } from "../../src/policy/presets.js";

test("every rule that is built is listed in its family", () => {
  const listed: Readonly<Record<string, readonly string[]>> = law;
  for (const { name, family } of rules) expect(listed[family.name], name).toContain(name);
});

test("a rule has one family", () => {
  expect(new Set(ruleNames).size).toBe(ruleNames.length);
});

test("families come in the order of the law", () => {
  expect(familiesOf(["no-dead-policy", "no-deep-import", "no-kind-mismatch"])).toEqual(["metadata", "composition", "guard"]);
});

test("everything is an error but what the law says", () => {
  expect(Object.fromEntries(Object.entries(presets).map(([name, { rules: severities }]) => [name, severities]))).toEqual({
    "rawr-hq": { "no-exit-due-soon": "warn", "no-impure-manifest": "off" },
    "rawr-hq-shell": { "no-exit-due-soon": "warn" },
    none: { "no-exit-due-soon": "warn" },
  });
});
