import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exitState, parseExit, parseUntil, printExit, type Exit } from "../../src/workspace/exit.js";
import { workspaceOf } from "./memory.js";

const segment = fc.stringMatching(/^[a-z][a-z0-9_.-]{0,8}$/u).filter((text) => !/^\.+$/u.test(text));
const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join("/"));
const date = fc
  .date({ min: new Date("2000-01-01T00:00:00Z"), max: new Date("2099-12-31T00:00:00Z"), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));
const name = fc.tuple(fc.option(segment), segment).map(([scope, own]) => (scope === null ? own : `@${scope}/${own}`));
const range = fc.tuple(fc.constantFrom("", "^", "~", ">=", "<", ">= "), fc.nat(20), fc.nat(20), fc.nat(20)).map(([mark, ...parts]) => `${mark}${parts.join(".")}`);
const exit: fc.Arbitrary<Exit> = fc.oneof(
  date.map((day) => ({ kind: "date" as const, date: day })),
  fc.constant({ kind: "no-importers" as const }),
  path.map((to) => ({ kind: "no-importers-of" as const, path: to })),
  path.map((to) => ({ kind: "file-gone" as const, path: to })),
  fc.tuple(name, range).map(([of, versions]) => ({ kind: "package" as const, name: of, range: versions })),
);

describe("the language of exits", () => {
  it("reads what it prints", () => {
    fc.assert(fc.property(exit, (one) => {
        expect(parseExit(printExit(one))).toEqual({ exit: one });
      }));
  });

  it("never throws, whatever it is given, and prints what it accepts in a form that it accepts again", () => {
    const noise = fc.tuple(fc.constantFrom("", "package ", "no-importers", "no-importers-of ", "file-gone ", "2026-"), fc.string()).map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" }), noise), (text) => {
        const parsed = parseExit(text);
        if ("fault" in parsed) expect(parsed.fault).not.toBe("");
        else expect(parseExit(printExit(parsed.exit))).toEqual(parsed);
      }),
    );
  });

  it.each(["", "soon", "2026-13-01", "2026-02-30", "2026-1-1", "01.02.2026", "no-importer", "no-importers packages/a", "no-importers-of", "file-gone", "file-gone ../a", "file-gone /a", "file-gone packages/*", "package", "package a", "package a@", "package a@soon", "package @a/b", "until 2026-01-01"])(
    'says what is wrong with "%s"',
    (text) => {
      expect(parseExit(text)).toHaveProperty("fault");
    },
  );
});

describe("the exit in a reason", () => {
  it.each([
    ["moved in #412 (owner: @core, until: 2026-12-01)", "2026-12-01"],
    ["until: no-importers-of packages/a/src/old.ts", "no-importers-of packages/a/src/old.ts"],
    ["(until: package @x/a@>=2, owner: @core)", "package @x/a@>=2"],
  ])("%s", (reason, expected) => {
    const until = parseUntil(reason);
    expect(until !== undefined && "exit" in until && printExit(until.exit)).toBe(expected);
  });

  it("may be missing or wrong", () => {
    expect(parseUntil("moved until somebody has time")).toBeUndefined();
    expect(parseUntil("until: soon")).toMatchObject({ text: "soon", fault: expect.stringContaining("no exit") });
  });
});

describe("how an exit stands", () => {
  const files = {
    "package.json": { name: "root", workspaces: ["packages/*"] },
    "packages/a/package.json": { name: "@x/a", version: "2.1.0", exports: "./src/index.ts" },
    "packages/a/src/index.ts": "export const a = 1;",
    "packages/b/package.json": { name: "@x/b", dependencies: { "@x/a": "workspace:*", zod: "^3.20.0", left: "catalog:", renamed: "npm:other@^5.0.0" } },
    "packages/b/src/index.ts": 'import { a } from "@x/a"; export const b = a;',
    "packages/c/package.json": { name: "@x/c", dependencies: { zod: "^4.0.0" } },
    "packages/c/src/index.ts": "export const c = 1;",
    "packages/c/test/c.test.ts": 'import { b } from "@x/b"; void b;',
    "pnpm-workspace.yaml": "packages: [packages/*]\ncatalog:\n  left: ^1.3.0\n",
  };
  const workspace = workspaceOf(files);
  const state = (text: string, importers?: number): string => {
    const parsed = parseExit(text);
    if ("fault" in parsed) throw new Error(parsed.fault);
    return exitState(parsed.exit, workspace, importers).kind;
  };

  it.each([
    ["2026-05-31", "overdue"],
    // The last day counts.
    ["2026-06-01", "open"],
    ["2026-06-02", "open"],
    ["no-importers-of packages/a/src/index.ts", "open"],
    ["no-importers-of packages/a", "open"],
    ["no-importers-of packages/b", "met"],
    ["no-importers-of packages/gone", "met"],
    ["file-gone packages/a/src/index.ts", "open"],
    ["file-gone packages/a", "open"],
    ["file-gone packages/a/src/old.ts", "met"],
    ["package @x/a@>=2", "met"],
    ["package @x/a@>=3", "open"],
    // The project that lags behind decides.
    ["package zod@>=4", "open"],
    ["package zod@>=3", "met"],
    ["package left@>=1.3", "met"],
    ["package left@>=2", "open"],
    ["package renamed@>=5", "met"],
    ["package unknown@>=1", "open"],
  ])("%s: %s", (text, expected) => {
    expect(state(text)).toBe(expected);
  });

  it("counts the importers of what waits for none", () => {
    expect([state("no-importers", 0), state("no-importers", 1), state("no-importers")]).toEqual(["met", "open", "open"]);
  });

  it("counts the days that are left", () => {
    expect(exitState({ kind: "date", date: "2026-06-15" }, workspace)).toEqual({ kind: "open", days: 14 });
  });
});
