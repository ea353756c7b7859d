import { describe, expect, it } from "vitest";
import { render } from "../../src/reporters/render.js";
import type { Report } from "../../src/rule/finding.js";
import { aFinding, aReport, everything, hostile, options, rules } from "./report.js";

function linesOf(report: Report): readonly string[] {
  return render("github", report, rules, options).trimEnd().split("\n");
}

/** Reads a workflow command as the runner does. */
function read(line: string): { readonly command: string; readonly properties: Record<string, string>; readonly text: string } {
  const [, command = "", list = "", text = ""] = /^::(\w+)(?: ([^:]*))?::(.*)$/u.exec(line) ?? [];
  const plain = (value: string): string =>
    value.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%3A", ":").replaceAll("%2C", ",").replaceAll("%25", "%");
  return {
    command,
    properties: Object.fromEntries(list === "" ? [] : list.split(",").map((pair) => pair.split("=").map(plain))),
    text: plain(text),
  };
}

describe("github", () => {
  it("annotates a finding at its place, with its cure", () => {
    expect(linesOf(aReport([aFinding()]))[0]).toBe(
      "::error file=plugins/web/a/src/index.ts,line=3,endLine=3,col=5,title=drift-guard/no-one::Something is broken.%0AMend it.",
    );
    expect(linesOf(aReport([aFinding({ severity: "warn" })]))[0]).toMatch(/^::warning file=/u);
  });

  it("keeps hostile text inside its one line, and whole", () => {
    const lines = linesOf(everything);
    expect(lines.every((line) => /^::(?:error|warning|notice|debug)[ :]/u.test(line))).toBe(true);
    expect(read(lines[0] ?? "")).toEqual({ command: "error", properties: { title: "drift-guard" }, text: hostile });
    expect(read(lines[2] ?? "")).toEqual({
      command: "error",
      properties: { file: "a,b.ts", line: "9", title: "drift-guard" },
      text: "Broken.",
    });
    expect(read(lines[3] ?? "").text).toBe(`${hostile}\n${hostile}`);
    expect(read(lines[6] ?? "").properties["file"]).toBe("päckages/a b/100%25,:#?.ts");
  });

  it("annotates what is a finding and a problem once", () => {
    const { file, line, message } = aFinding();
    expect(linesOf(aReport([aFinding()], [{ file, line, message }])).filter((text) => text.startsWith("::error"))).toHaveLength(1);
    expect(linesOf(aReport([aFinding()], [{ file, line: 99, message }])).filter((text) => text.startsWith("::error"))).toHaveLength(2);
  });

  it("names files as the repository does, where the workspace is a part of it", () => {
    const text = render("github", aReport([aFinding()], [{ message: "Broken.", file: aFinding().file }]), rules, {
      ...options,
      pathInRepository: (file) => `sub/${file}`,
    });
    expect(text.match(/file=sub\/plugins/gu)).toHaveLength(2);
  });

  it("leaves known findings out and marks suppressed ones as notices", () => {
    expect(linesOf(aReport([aFinding({ state: "known" }), aFinding({ state: "suppressed" })])).map((line) => read(line).command)).toEqual([
      "notice",
      "debug",
    ]);
  });

  it("says what was examined where the log is debugged", () => {
    expect(read(linesOf(aReport([])).at(-1) ?? "")).toMatchObject({
      command: "debug",
      text: "2 rules looked at 3 subjects in 7 files.\nno-one 3\nno-two 0",
    });
  });
});
