import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { Session } from "../../src/eslint/session.js";
import { lookAt, lookThrough } from "../../src/eslint/sighting.js";
import { Folder } from "../folder.js";
import { anotherRule, configRule, noTakenName } from "./test-rules.js";

// The disk is looked at as it is; the looks are counted, and take as long as the test says.
vi.mock("../../src/eslint/sighting.js", async (original) => {
  const sighting = await original<typeof import("../../src/eslint/sighting.js")>();
  return { ...sighting, lookAt: vi.fn(sighting.lookAt), lookThrough: vi.fn(sighting.lookThrough) };
});

const clock = { now: 0 };
let lookMs = 0;
beforeEach(async () => {
  clock.now = 1_000_000;
  lookMs = 0;
  vi.spyOn(performance, "now").mockImplementation(() => clock.now);
  const actual = await vi.importActual<typeof import("../../src/eslint/sighting.js")>("../../src/eslint/sighting.js");
  vi.mocked(lookThrough).mockClear();
  vi.mocked(lookThrough).mockImplementation((cache) => {
    clock.now += lookMs;
    return { ...actual.lookThrough(cache), effort: lookMs };
  });
  vi.mocked(lookAt).mockClear();
  vi.mocked(lookAt).mockImplementation((root, before) => {
    clock.now += lookMs;
    return { ...actual.lookAt(root, before), effort: lookMs };
  });
  onTestFinished(() => void vi.restoreAllMocks());
});

function looks(): number {
  return vi.mocked(lookThrough).mock.calls.length + vi.mocked(lookAt).mock.calls.length;
}

const fileCount = 200;

function setup(): { readonly lint: (file: string, text?: string) => number; readonly folder: Folder } {
  const folder = new Folder({ "drift-guard.config.json": '{ "extends": "none" }', "taken.json": '{ "taken": "somebody" }' });
  onTestFinished(() => folder.delete());
  for (let index = 0; index < fileCount; index += 1) folder.write(`src/file${String(index)}.ts`, "export {};\n");
  const session = new Session();
  const lint = (file: string, text = "export {};\n"): number => {
    const question = { file: folder.at(file), cwd: folder.root, text, lint: {} };
    return [noTakenName, anotherRule, configRule].flatMap((rule) => session.ask(rule, question).findings).length;
  };
  return { lint, folder };
}

test("one look serves all rules of a lint, and many lints in a row", () => {
  const { lint } = setup();
  lookMs = 4;
  for (let index = 0; index < fileCount; index += 1) {
    lint(`src/file${String(index)}.ts`);
    clock.now += 5;
  }
  // 200 lints of 5 ms each: with a look of 4 ms whenever 800 ms have gone by, looking takes a two-hundredth of the time.
  expect(looks()).toBe(2);
});

test("a file that is linted again as it was has the disk looked at again, however soon", () => {
  const { lint, folder } = setup();
  lookMs = 20;
  lint("src/file0.ts");
  lint("src/file1.ts", "export const free = 1;\n");
  folder.write("taken.json", '{ "free": "somebody" }');
  expect(lint("src/file1.ts", "export const free = 1;\n")).toBe(1);
  expect(looks()).toBe(2);
});

test("looking takes half of the time of typing, or of fixing, at the most", () => {
  const { lint } = setup();
  lookMs = 20;
  for (let stroke = 0; stroke < 40; stroke += 1) {
    lint("src/file0.ts", "x".repeat(stroke));
    clock.now += 5;
  }
  // 40 strokes take 200 ms: a look at the first, and one whenever 20 ms have gone by.
  expect(looks()).toBe(10);
});

test("after a pause of a second the disk is looked at again, however long that takes", () => {
  const { lint } = setup();
  lookMs = 3000;
  lint("src/file0.ts");
  clock.now += 999;
  lint("src/file1.ts");
  clock.now += 999;
  lint("src/file2.ts");
  expect(looks()).toBe(1);
  clock.now += 1000;
  lint("src/file3.ts");
  expect(looks()).toBe(2);
});

test("a host that has one object for all lints is told apart by its rules", () => {
  const { folder } = setup();
  const session = new Session();
  const lint = {};
  const ask = (): number =>
    session.ask(noTakenName, { file: folder.at("src/file0.ts"), cwd: folder.root, text: "export const free = 1;\n", lint }).findings.length;
  expect(ask()).toBe(0);
  folder.write("taken.json", '{ "free": "somebody" }');
  clock.now += 1;
  expect(ask()).toBe(1);
});
