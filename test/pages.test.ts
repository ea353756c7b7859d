import { describe, expect, it, vi } from "vitest";
import { rules } from "../rules/index.js";
import { run } from "../src/run.js";
import { Folder } from "./folder.js";
import { pageFor } from "./pages.js";

// Due dates are judged on the day that the examples were written for.
vi.setSystemTime("2026-06-01");

const sections = ["Why", "Breach", "Kept", "Cure", "Not a breach"];

describe.each(rules.map((rule) => [rule.name, rule] as const))("the page of %s", (name, rule) => {
  const page = pageFor(rule);

  it("tells why, what breaks it, what keeps it and how to cure it", () => {
    expect([...page.text.matchAll(/^## (.*)$/gmu)].map(([, title]) => title)).toEqual(sections);
    expect(page.text.startsWith(`# ${name}\n`)).toBe(true);
  });

  it.each(["Breach", "Kept"])("shows code under %s that is what it says", (section) => {
    const examples = page.examples(section);
    expect(Object.keys(examples).length).toBeGreaterThan(0);
    using folder = new Folder({ "drift-guard.config.json": '{ "extends": "rawr-hq" }', ...examples });
    const found = new Set(run({ root: folder.root, rules: [name] }).findings.filter((finding) => finding.rule === name).map((finding) => finding.file as string));
    // Every example of a breach has its finding; a breach by absence may stand in the config, and descriptions may stand beside the code.
    const isExample = (file: string): boolean =>
      name === "no-dead-policy" ? file === "drift-guard.config.json" : rule.languages.includes("package.json") || !file.endsWith(".json");
    const expected = section === "Kept" ? [] : Object.keys(examples).filter(isExample);
    expect([...found].sort()).toEqual(expected.sort());
  });
});
