import { appendFileSync, mkdirSync, readdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Keeping, PartReader, readRecords, writeRecords } from "../../src/files/records.js";
import { Folder } from "../folder.js";

const all = (): boolean => true;

function keeping(name: string, parts: Readonly<Record<string, string>>, note: unknown = [name]): Keeping {
  return { name, note, parts: new Map(Object.entries(parts).map(([part, text]) => [part, Buffer.from(text)])) };
}

/** Everything that a file of records holds, as text. */
function contents(file: string, brand = "a brand"): Readonly<Record<string, Readonly<Record<string, string | undefined>>>> {
  const reader = new PartReader(file);
  const { rows } = readRecords(file, brand);
  const out = [...rows].map(([name, { parts }]) => [
    name,
    Object.fromEntries([...parts].map(([part, slot]) => [part, reader.read(slot)?.toString()])),
  ]);
  reader.close();
  return Object.fromEntries(out) as ReturnType<typeof contents>;
}

function write(file: string, ...more: readonly Keeping[]): void {
  writeRecords(file, "a brand", readRecords(file, "a brand"), more, all);
}

describe("a file of records", () => {
  it("gives back what was written, the latest of each name", () => {
    using folder = new Folder();
    const file = folder.at("deep/down/records.bin");
    write(file, keeping("a", { x: "one", y: "" }), keeping("b", { x: "zwei" }));
    const before = readFileSync(file).length;
    write(file, keeping("b", { x: "drei" }), keeping("c", {}, { any: "note" }));
    expect(contents(file)).toEqual({ a: { x: "one", y: "" }, b: { x: "drei" }, c: {} });
    expect(readRecords(file, "a brand").rows.get("c")?.note).toEqual({ any: "note" });
    expect(readFileSync(file).length).toBeGreaterThan(before);
    expect(readRecords(file, "a brand")).toMatchObject({ intact: true, blocks: 2 });
  });

  it("keeps a part where it is when only its note is new", () => {
    using folder = new Folder();
    const file = folder.at("records.bin");
    write(file, keeping("a", { x: "one" }));
    const slots = readRecords(file, "a brand").rows.get("a")?.parts ?? new Map();
    write(file, { name: "a", note: "new", parts: slots });
    expect(contents(file)).toEqual({ a: { x: "one" } });
    expect(readRecords(file, "a brand").rows.get("a")?.note).toBe("new");
  });

  it("is nothing to another brand, which replaces it", () => {
    using folder = new Folder();
    const file = folder.at("records.bin");
    write(file, keeping("a", { x: "one" }));
    const foreign = readRecords(file, "another brand");
    expect(foreign).toMatchObject({ intact: false, rows: new Map() });
    writeRecords(file, "another brand", foreign, [keeping("b", { x: "two" })], all);
    expect(contents(file, "another brand")).toEqual({ b: { x: "two" } });
    expect(contents(file)).toEqual({});
  });

  it("drops what nobody wants once there is too much of it", () => {
    using folder = new Folder();
    const file = folder.at("records.bin");
    const large = "x".repeat(600_000);
    write(file, keeping("a", { x: large }), keeping("gone", { x: large }));
    for (let round = 0; round < 4; round += 1) {
      const known = readRecords(file, "a brand");
      writeRecords(file, "a brand", known, [keeping("a", { x: `${large}${String(round)}` })], (name) => name === "a");
    }
    expect(contents(file)["a"]?.["x"]).toBe(`${large}3`);
    expect(readFileSync(file).length).toBeLessThan(3_000_000);
  });

  it("is written anew when it has come in too many pieces", () => {
    using folder = new Folder();
    const file = folder.at("records.bin");
    for (let round = 0; round < 100; round += 1) write(file, keeping("a", { x: String(round) }));
    expect(contents(file)).toEqual({ a: { x: "99" } });
    expect(readRecords(file, "a brand").blocks).toBeLessThan(70);
  });

  it("survives two writers that know nothing of each other", () => {
    using folder = new Folder();
    const file = folder.at("records.bin");
    write(file, keeping("a", { x: "one" }));
    const known = readRecords(file, "a brand");
    writeRecords(file, "a brand", known, [keeping("b", { x: "two" })], all);
    writeRecords(file, "a brand", known, [keeping("c", { x: "three" })], all);
    expect(contents(file)).toEqual({ a: { x: "one" }, b: { x: "two" }, c: { x: "three" } });
  });

  it("loses a part, never takes another for it, when the file was replaced in between", () => {
    using folder = new Folder();
    const file = folder.at("records.bin");
    write(file, keeping("a", { x: "one" }), keeping("b", { x: "two" }));
    const known = readRecords(file, "a brand");
    const slots = known.rows.get("b")?.parts ?? new Map();
    folder.write("records.bin", "");
    write(file, keeping("c", { x: "something else altogether" }));
    writeRecords(file, "a brand", known, [{ name: "b", note: "restamped", parts: slots }], all);
    expect(contents(file)).toEqual({ b: { x: undefined }, c: { x: "something else altogether" } });
  });

  it("cleans up after writers that were killed, and leaves those alone that are at work", () => {
    using folder = new Folder({ "records.bin.1.tmp": "half", "records.bin.2.tmp": "half" });
    utimesSync(folder.at("records.bin.1.tmp"), 1, 1);
    write(folder.at("records.bin"), keeping("a", {}));
    expect(readdirSync(folder.root).sort()).toEqual(["records.bin", "records.bin.2.tmp"]);
  });

  it("is nothing where it is no file, and refuses to be written there", () => {
    using folder = new Folder();
    mkdirSync(folder.at("records.bin"));
    expect(contents(folder.at("records.bin"))).toEqual({});
    expect(() => {
      write(folder.at("records.bin"), keeping("a", {}));
    }).toThrow(/EISDIR|ENOTEMPTY|EPERM|EEXIST/u);
    expect(readdirSync(folder.root)).toEqual(["records.bin"]);
  });
});

describe("a damaged file of records", () => {
  const pristine = (file: string): void => {
    write(file, keeping("a", { x: "one", y: "1" }), keeping("b", { x: "two" }));
    write(file, keeping("b", { x: "zwei" }), keeping("c", { x: "three" }));
  };
  const truth = { a: { x: ["one"], y: ["1"] }, b: { x: ["two", "zwei"] }, c: { x: ["three"] } } as const;

  const expectNothingFalse = (file: string): void => {
    for (const [name, parts] of Object.entries(contents(file))) {
      for (const [part, text] of Object.entries(parts)) {
        const allowed = (truth as Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>)[name]?.[part] ?? [];
        if (text !== undefined) expect(allowed).toContain(text);
      }
    }
  };

  it("holds nothing false wherever it is cut off, and heals when it is written", () => {
    using folder = new Folder();
    const file = folder.at("records.bin");
    pristine(file);
    const { length } = readFileSync(file);
    for (let end = 0; end < length; end += 1) {
      pristine(file);
      truncateSync(file, end);
      expectNothingFalse(file);
      write(file, keeping("d", { x: "four" }));
      expect(contents(file)["d"]).toEqual({ x: "four" });
      expect(readRecords(file, "a brand").intact).toBe(true);
      folder.remove("records.bin");
    }
  });

  it("holds nothing false whatever byte is another", () => {
    using folder = new Folder();
    const file = folder.at("records.bin");
    pristine(file);
    const bytes = readFileSync(file);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = Buffer.from(bytes);
        damaged[at] = (damaged[at] ?? 0) ^ change;
        writeFileSync(file, damaged);
        expectNothingFalse(file);
      }),
      { numRuns: 300 },
    );
  });

  it("holds what came before what a writer left that was killed, and heals", () => {
    using folder = new Folder();
    const file = folder.at("records.bin");
    pristine(file);
    appendFileSync(file, readFileSync(file).subarray(0, 70));
    expect(contents(file)).toMatchObject({ a: { x: "one" }, b: { x: "zwei" } });
    expect(readRecords(file, "a brand").intact).toBe(false);
    write(file, keeping("d", { x: "four" }));
    expect(contents(file)).toEqual({ a: { x: "one", y: "1" }, b: { x: "zwei" }, c: { x: "three" }, d: { x: "four" } });
  });
});
