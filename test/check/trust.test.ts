import { describe, expect, it } from "vitest";
import { toPath } from "../../src/files/path.js";
import { openTexts } from "./open.js";

describe("a workspace that is not to be trusted", () => {
  it("names a source that cannot be parsed, at its first error, once", () => {
    const { problems, workspace } = openTexts({ "a.ts": "export const a = 1;\nconst = ;\nconst = ;\n", "b.ts": "export const b = 1;\n" });
    expect(problems).toEqual([{ message: expect.stringMatching(/^"a\.ts" cannot be parsed: .+[^.]\.$/u), file: "a.ts", line: 2 }]);
    expect(workspace.source(toPath("b.ts"))?.exports).toHaveLength(1);
  });

  it("names a package.json that cannot be parsed", () => {
    const { problems } = openTexts({
      "package.json": '{ "workspaces": ["packages/*"] }',
      "packages/a/package.json": '{\n  "name": "a"\n  "version": 1\n}',
    });
    expect(problems).toEqual([
      { message: expect.stringContaining('"packages/a/package.json" cannot be parsed'), file: "packages/a/package.json", line: 3 },
    ]);
  });

  it("names both owners of one name", () => {
    const { problems } = openTexts({
      "package.json": '{ "workspaces": ["packages/*"] }',
      "packages/a/package.json": '{ "name": "@acme/x" }',
      "packages/b/package.json": '{\n  "name": "@acme/x"\n}',
    });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ file: "packages/b/package.json", line: 2 });
    expect(problems[0]?.message).toMatch(/packages\/a.*packages\/b|packages\/b.*packages\/a/u);
    expect(problems[0]?.message).toContain("@acme/x");
  });

  it("passes on what could not be read", () => {
    const { problems } = openTexts({}, [{ path: toPath("a.ts"), message: '"a.ts" is UTF-16 text. Save it as UTF-8.' }]);
    expect(problems).toEqual([{ message: '"a.ts" is UTF-16 text. Save it as UTF-8.', file: "a.ts" }]);
  });

  it("does not mind broken data", () => {
    expect(openTexts({ "test/data/broken.json": "{ no" }).problems).toEqual([]);
  });
});
