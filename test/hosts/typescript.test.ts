import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { expect, test } from "vitest";
import { startOf, ts } from "../../src/facts/compiler.cjs";
import { repository } from "./build.js";

const { ts: part }: { readonly ts: typeof ts } = createRequire(import.meta.url)(path.join(repository, "dist/src/chunks/typescript.cjs"));

/** A tree with everything that the extractor reads off its nodes, a node a line. */
function* linesOf(typescript: typeof ts, file: ts.SourceFile): Iterable<string> {
  const startIn: typeof startOf = Reflect.get(typescript, "getTokenPosOfNode");
  const waiting: ts.Node[] = [file];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const text: unknown = Reflect.get(node, "text");
    yield [node.kind, node.pos, node.end, startIn(node, file), node.flags, node === file ? "" : text].join(" ");
    typescript.forEachChild(node, (child) => void waiting.push(child));
  }
  const faults: unknown = Reflect.get(file, "parseDiagnostics");
  for (const { start, length, messageText } of Array.isArray(faults) ? (faults as ts.DiagnosticWithLocation[]) : [])
    yield `${start} ${length} ${typescript.flattenDiagnosticMessageText(messageText, "\n")}`;
}

test("the published part of TypeScript parses as the whole does, faults included", () => {
  const files = ["src", "fixtures", "test"].flatMap((folder) =>
    readdirSync(path.join(repository, folder), { recursive: true, encoding: "utf8" }).flatMap((file) =>
      /\.[cm]?[jt]sx?$/u.test(file) ? [path.join(repository, folder, file)] : [],
    ),
  );
  const parsed = (typescript: typeof ts, file: string, text: string): string =>
    [...linesOf(typescript, typescript.createSourceFile(file, text, typescript.ScriptTarget.Latest, false))].join("\n");
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    for (const one of [text, text.slice(text.length / 3), text.replaceAll(/[;{]/gu, "")]) expect(parsed(part, file, one)).toBe(parsed(ts, file, one));
  }
});
