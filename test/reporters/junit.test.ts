import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import { render } from "../../src/reporters/render.js";
import type { Report } from "../../src/rule/finding.js";
import { aFinding, aReport, everything, options, rules } from "./report.js";

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** Parses strictly: anything that is not well-formed XML throws. */
function parse(report: Report): Element {
  const root: Element = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const element: Element = { name, attributes: { ...attributes }, children: [], text: "" };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("closetag", () => {
    open.pop();
  });
  parser.on("text", (text) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  });
  parser.write(render("junit", report, rules, options)).close();
  return root.children[0] ?? root;
}

describe("junit", () => {
  it("is well-formed, whatever is in the report, and loses only what XML cannot hold", () => {
    const [problems, first] = parse(everything).children;
    const failure = first?.children[0]?.children[0];
    expect(failure?.attributes["message"]).toContain('second "quoted" <b>&amp;</b> ]]> -->\n100% :: a=b,c;');
    expect(failure?.attributes["message"]).toContain("\uFFFD[31mred\uFFFD\uFFFD\u202Etrojan \uFFFD \uFFFD 漢字 🙂");
    expect(failure?.text).toContain("| pipe | `tick`");
    expect(problems?.children[0]?.children[0]).toMatchObject({ name: "error" });
  });

  it("counts per suite and in all", () => {
    const root = parse(everything);
    expect(root.attributes).toMatchObject({ tests: "8", failures: "3", errors: "3", skipped: "2" });
    expect(
      root.children.map(({ attributes: { name, tests, failures, errors, skipped } }) => [name, tests, failures, errors, skipped]),
    ).toEqual([
      ["drift-guard", "3", "0", "3", "0"],
      ["drift-guard/no-one", "4", "2", "0", "2"],
      ["drift-guard/no-two", "1", "1", "0", "0"],
    ]);
  });

  it("says of a rule with findings, too, at how many subjects it looked", () => {
    const [, suite] = parse(everything).children;
    expect(suite?.children.at(-1)).toMatchObject({ name: "system-out", text: expect.stringMatching(/^\d+ subjects? examined$/u) as unknown });
  });

  it("passes a rule without findings, and says at how many subjects it looked", () => {
    const [one, two] = parse(aReport([])).children;
    expect(one?.children).toEqual([
      { name: "testcase", attributes: { classname: "drift-guard/no-one", name: "3 subjects examined" }, children: [], text: "" },
    ]);
    expect(two?.children[0]?.attributes["name"]).toBe("0 subjects examined");
  });

  it("names file and line of a failure", () => {
    expect(parse(aReport([aFinding()])).children[0]?.children[0]?.attributes).toEqual({
      classname: "drift-guard/no-one",
      name: "plugins/web/a/src/index.ts:3:5",
      file: "plugins/web/a/src/index.ts",
      line: "3",
    });
  });
});
