import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { render } from "../../src/reporters/render.js";
import type { Report } from "../../src/rule/finding.js";
import { toPath } from "../../src/files/path.js";
import { aFinding, aReport, everything, options, rules } from "./report.js";

function parse(report: Report, linkTo?: (file: string, line: number) => string): Nodes {
  const text = render("markdown", report, rules, linkTo === undefined ? options : { ...options, linkTo });
  return fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}

function* nodesOf(node: Nodes): Iterable<Nodes> {
  yield node;
  if ("children" in node) for (const child of node.children) yield* nodesOf(child);
}

/** What a reader sees: text and code, a break for `<br>`, nothing for comments. */
function textOf(node: Nodes): string {
  if (node.type === "html") return node.value.startsWith("<br>") ? "\n" : "";
  if ("value" in node) return node.value;
  return "children" in node ? node.children.map(textOf).join("") : "";
}

/** The paragraph of the only finding, without its first line (the place and the rule). */
function messageIn(report: Report): string {
  const list = [...nodesOf(parse(report))].find(({ type }) => type === "list");
  const [item] = list?.type === "list" ? list.children : [];
  const paragraph = item?.children[0];
  const cut = paragraph?.type === "paragraph" ? paragraph.children.findIndex(({ type }) => type === "break") : -1;
  return paragraph?.type === "paragraph"
    ? paragraph.children
        .slice(cut + 1)
        .map(textOf)
        .join("")
    : "";
}

/** What of white space a page shows: lines that are not empty, single blanks. */
function linesOf(text: string): readonly string[] {
  return text
    .split("\n")
    .map((line) => line.trim().replace(/\s+/gu, " "))
    .filter((line) => line !== "");
}

describe("markdown", () => {
  it("ranks by severity and anchors each finding with its cure", () => {
    const text = render("markdown", aReport([aFinding({ line: 9, severity: "warn", rule: "no-two" }), aFinding()]), rules, options);
    expect(text).toContain("## drift-guard: 1 error, 1 warning");
    expect(text.indexOf("### Errors")).toBeLessThan(text.indexOf("### Warnings"));
    expect(text).toContain("- **`plugins/web/a/src/index.ts:3`** · [`drift-guard/no-one`](https://");
    expect(text).toContain("  - **Cure:** Mend it.");
  });

  it("says that there is no drift, and what was examined", () => {
    const text = render("markdown", aReport([]), rules, options);
    expect(text).toContain("## drift-guard: no drift");
    expect(text).toContain("2 rules looked at 3 subjects in 7 files.");
    expect(text).toContain("| `no-one` | 3 |");
  });

  it("does not call a run with problems free of drift", () => {
    const text = render("markdown", aReport([], [{ message: "No manifest." }]), rules, options);
    expect(text).toContain("## drift-guard: 0 errors, 0 warnings, and the run is not to be trusted");
    expect(text).toContain("- No manifest.");
  });

  it("links places where the environment knows where files are shown", () => {
    const tree = parse(aReport([aFinding()]), (file, line) => `https://example.org/${file}#L${line}`);
    const links = [...nodesOf(tree)].flatMap((node) => (node.type === "link" ? [node.url] : []));
    expect(links).toContain("https://example.org/plugins/web/a/src/index.ts#L3");
  });

  it("lets hostile text start nothing: no image, no emphasis of its own, no heading, no mention", () => {
    const kinds = [...nodesOf(parse(everything))].map(({ type }) => type);
    expect(kinds).not.toContain("image");
    expect(kinds).not.toContain("emphasis");
    expect(kinds).not.toContain("delete");
    const text = render("markdown", everything, rules, options);
    expect(text).not.toMatch(/@someone|#42/u);
    expect(text).toContain("\\u{1b}");
  });

  it("shows any message as it is", () => {
    const words = fc.constantFrom(
      "a",
      "B",
      " ",
      "\n",
      "*",
      "_",
      "`",
      "``",
      "#",
      "- ",
      "+ ",
      "> ",
      "1. ",
      "1) ",
      "|",
      "[x](y)",
      "![",
      "<b>",
      "&amp;",
      "~~",
      "~",
      "\\",
      "=",
      "@me",
      "http://x.y",
      "www.x.y",
      "---",
      "```\n",
      "$",
      ":",
      '"',
    );
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 12 }), (parts) => {
        const message = parts.join("");
        fc.pre(message.trim() !== "");
        expect(linesOf(messageIn(aReport([aFinding({ message, help: "" })])))).toEqual(linesOf(message));
      }),
      { numRuns: 500 },
    );
  });

  it("shows any file name as it is", () => {
    const file = toPath("a `b` ``c``/d|e*f_g.ts");
    expect(
      [...nodesOf(parse(aReport([aFinding({ file })])))].flatMap((node) => (node.type === "inlineCode" ? [node.value] : [])),
    ).toContain(`${file}:3`);
  });
});
