import { expect, it } from "vitest";
import { Ledger } from "../../src/workspace/ledger.js";
import { Effort, Table } from "../../src/workspace/table.js";

/** A table whose question reads one file and costs more than it is worth, asked with some budget; says what has been read, and how often it was tried. */
function dear(): { readonly ask: (budget: number) => readonly string[]; readonly tries: () => number } {
  const ledger = new Ledger(true);
  const effort = new Effort(ledger);
  const table = new Table<string>(effort);
  const subject = {};
  let tries = 0;
  const find = (): string => {
    tries += 1;
    ledger.read("file", "a.ts");
    effort.spend(100);
    return "found";
  };
  const ask = (budget: number): readonly string[] => {
    const { answer, reads } = ledger.gather(() => effort.root(() => table.ask(subject, undefined, false, find, () => "circle"), () => "given up", budget));
    return [answer, ...reads.keys.map((key) => ledger.keys[key]?.of ?? "")];
  };
  return { ask, tries: () => tries };
}

it("rests on what has shown what a question costs, where it is not tried again", () => {
  const { ask, tries } = dear();
  expect(ask(50)).toEqual(["given up", "a.ts"]);
  expect(ask(20)).toEqual(["given up", "a.ts"]);
  expect(tries()).toBe(1);
});

it("rests on what a remembered answer has read", () => {
  const { ask, tries } = dear();
  expect(ask(200)).toEqual(["found", "a.ts"]);
  expect(ask(200)).toEqual(["found", "a.ts"]);
  expect(tries()).toBe(1);
});

it("rests on what it has read when a remembered answer costs too much", () => {
  const { ask, tries } = dear();
  expect(ask(200)).toEqual(["found", "a.ts"]);
  expect(ask(50)).toEqual(["given up", "a.ts"]);
  expect(tries()).toBe(1);
});
