import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { noDuplicateAuthority } from "../../rules/authority/no-duplicate-authority.js";
import { mergeConfig } from "../../src/policy/merge.js";
import { workspaceOf, type Files } from "./memory.js";

const policy = { ...mergeConfig("rawr-hq", {}), required: [] };
const projects: Files = {
  "packages/core/package.json": { name: "@acme/core" },
  "plugins/cli/tools/package.json": { name: "@acme/plugin-tools" },
};

/** One statement over members and literals of its own; names of locals are drawn apart from them. */
interface Line {
  readonly member: string;
  readonly text: string;
  readonly shape: 0 | 1 | 2 | 3;
}

interface Piece {
  readonly lines: readonly Line[];
}

const word = fc.stringMatching(/^[a-z]{5,9}$/u);
const line: fc.Arbitrary<Line> = fc.record({ member: word, text: word, shape: fc.constantFrom(0, 1, 2, 3) });
const piece: fc.Arbitrary<Piece> = fc.record({ lines: fc.array(line, { minLength: 8, maxLength: 14 }) });
const module = fc.array(piece, { minLength: 2, maxLength: 4 });

/** How a module is written: what its locals are called, in which order its functions stand, and how it is laid out. */
interface Style {
  readonly prefix: string;
  readonly reversed: boolean;
  readonly arrows: boolean;
  readonly indent: string;
  readonly comments: boolean;
}

const style: fc.Arbitrary<Style> = fc.record({
  prefix: fc.constantFrom("value", "it", "$x", "übrig"),
  reversed: fc.boolean(),
  arrows: fc.boolean(),
  indent: fc.constantFrom("  ", "\t", "\n   "),
  comments: fc.boolean(),
});

function write(pieces: readonly Piece[], { prefix, reversed, arrows, indent, comments }: Style): string {
  const functions = pieces.map(({ lines }, index) => {
    const name = `${prefix}Of${String(index)}`;
    const input = `${prefix}In`;
    const body = lines.map((one, at) => `${comments ? `// ${one.text} again\n` : ""}${indent}${statement(one, input, `${prefix}${String(at)}`)}`).join("\n");
    const head = arrows ? `export const ${name} = (${input}: Input) => {` : `export function ${name}(${input}: Input) {`;
    return `${head}\n${body}\n${indent}return ${prefix}0;\n}${arrows ? ";" : ""}\n`;
  });
  const all = reversed ? functions.reverse() : functions;
  return `import type { Input } from "./${prefix}";\n\n${all.join("\n")}`;
}

function statement({ member, text, shape }: Line, input: string, local: string): string {
  switch (shape) {
    case 0:
      return `const ${local} = ${input}.${member}("${text}");`;
    case 1:
      return `const ${local} = { ${member}: ${input}, kind: "${text}" };`;
    case 2:
      return `const ${local} = ${input}.${member} > 0 ? ${input}.${text} : undefined;`;
    case 3:
      return `const ${local} = ${input}.${member}.map((each) => each.${text});`;
  }
}

function found(original: string, copy: string): readonly string[] {
  const workspace = workspaceOf({ ...projects, "packages/core/src/a.ts": original, "plugins/cli/tools/src/b.ts": copy }, policy);
  return noDuplicateAuthority.run(workspace).problems.map(({ at, messageId }) => `${at.file}:${String(at.line)} ${messageId}`);
}

describe("a module of a package in a plugin", () => {
  it("is found however it is renamed, reordered and laid out", () => {
    fc.assert(
      fc.property(module, style, style, (pieces, one, other) => {
        expect(found(write(pieces, one), write(pieces, other))).toEqual(["plugins/cli/tools/src/b.ts:1 owned"]);
      }),
      { numRuns: 60 },
    );
  });

  it("is found after an edit here and there", () => {
    fc.assert(
      fc.property(module, style, word, (pieces, one, text) => {
        const edited = pieces.map(({ lines }) => ({ lines: lines.map((each, index) => (index === 4 ? { ...each, text } : each)) }));
        expect(found(write(pieces, one), write(edited, one))).toEqual(["plugins/cli/tools/src/b.ts:1 owned"]);
      }),
      { numRuns: 60 },
    );
  });

  it("is none when it says something else in the same way", () => {
    fc.assert(
      fc.property(module, style, (pieces, one) => {
        const other = pieces.map(({ lines }) => ({ lines: lines.map((each) => ({ ...each, member: `${each.member}Else`, text: `${each.text}Too` })) }));
        expect(found(write(pieces, one), write(other, one))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
