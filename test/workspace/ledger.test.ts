import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { facetFrom, generated, links, outgoing, directed, exportsOne, spellsAddress, spellsLike, spellsOne } from "../../src/workspace/facets.js";
import { ANSWER, Ledger, type Reads } from "../../src/workspace/ledger.js";
import { toPath } from "../../src/files/path.js";
import { workspaceOf } from "./memory.js";

/** A question: what it reads itself, and the questions that it asks. */
interface Question {
  readonly reads: readonly number[];
  readonly asks: readonly number[];
}

/** Questions that ask only those before them. */
const questions = fc
  .array(fc.record({ reads: fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 40 }), asks: fc.array(fc.nat(30), { maxLength: 5 }) }), { minLength: 1, maxLength: 30 })
  .map((list): readonly Question[] => list.map(({ reads, asks }, index) => ({ reads, asks: asks.filter((asked) => asked < index) })));

function textsOf(ledger: Ledger, { keys, parts }: Reads): readonly string[] {
  const own = keys.map((key) => ledger.keys[key]?.of ?? "");
  return [...new Set([...own, ...parts.flatMap((part) => textsOf(ledger, part))])].toSorted();
}

describe("a ledger", () => {
  test("knows all that was read for an answer, whoever asked for it first", () => {
    fc.assert(
      fc.property(questions, fc.array(fc.nat(30), { maxLength: 40 }), (list, order) => {
        const ledger = new Ledger(true);
        const ask = ledger.memo((index: number): number => {
          const { reads = [], asks = [] } = list[index] ?? {};
          for (const read of reads) ledger.read("file", String(read));
          for (const asked of asks) ask(asked);
          return index;
        });
        const readBy = (index: number): readonly string[] => {
          const { reads = [], asks = [] } = list[index] ?? {};
          return [...new Set([...reads.map(String), ...asks.flatMap(readBy)])].toSorted();
        };
        for (const index of [...order.filter((one) => one < list.length), list.length - 1]) {
          expect(textsOf(ledger, ledger.gather(() => ask(index)).reads)).toEqual(readBy(index));
        }
      }),
      { numRuns: 300 },
    );
  });

  test("has one object for equal sets", () => {
    const ledger = new Ledger(true);
    const read = (names: readonly string[]): Reads => ledger.gather(() => names.forEach((name) => void ledger.read("file", name))).reads;
    expect(read(["a", "b", "a"])).toBe(read(["b", "a"]));
    const many = Array.from({ length: 60 }, (_, index) => String(index));
    expect(read(many)).toBe(read(many.toReversed()));
  });

  test("notes what was read before an error", () => {
    const ledger = new Ledger(true);
    const fails = (): void => {
      ledger.read("file", "a");
      throw new Error("no");
    };
    const { reads } = ledger.gather(() => {
      expect(() => ledger.gather(fails)).toThrow("no");
    });
    expect(textsOf(ledger, reads)).toEqual(["a"]);
  });

  test("takes an answer that is compared itself for all that it rests on", () => {
    const ledger = new Ledger(true);
    const { reads } = ledger.gather(() => {
      ledger.aside("manifest", () => void ledger.read("file", "a"));
    });
    expect(reads.keys.map((key) => ledger.keys[key])).toEqual([{ what: ANSWER, of: "manifest" }]);
  });

  test("records nothing when it is off", () => {
    const ledger = new Ledger(false);
    expect(ledger.gather(() => void ledger.read("file", "a")).reads).toBe(ledger.nothing);
    expect(ledger.keys).toEqual([]);
  });
});

describe("a facet", () => {
  const text = '// @generated\n// eslint-disable-next-line no-var -- old\nimport { a } from "x";\nimport(b);\nexport const createThingClient = fetch("/rpc/a");\n';
  const source = workspaceOf({ "a.ts": text }).source(toPath("a.ts"));
  const facets = [generated, links, outgoing, directed, exportsOne(["createThingClient"]), spellsAddress(["/rpc"]), spellsLike(/^create\w*Client$/u), spellsOne(["fetch"])];

  test.each(facets.map((facet) => [facet.key, facet] as const))("%s is made anew from its key", (key, facet) => {
    if (source === undefined) throw new Error("a.ts is no source file");
    expect(facetFrom(key)?.of(source)).toEqual(facet.of(source));
    expect([false, undefined, []]).not.toContainEqual(facet.of(source));
  });

  test("is made from no other text", () => {
    expect(["file", "importers", '["nothing"]', "[1]", "[]"].map(facetFrom)).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });
});
