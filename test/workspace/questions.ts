import type { ModuleBody } from "../../src/facts/expression.js";
import type { Path } from "../../src/files/path.js";
import { codeQuestions, type CodeQuestions } from "../../src/workspace/code-questions.js";
import { indexCursors } from "../../src/workspace/cursors.js";
import { memo } from "../../src/workspace/memo.js";
import type { Located, Value, Workspace } from "../../src/workspace/workspace.js";
import { workspaceOf, type Files } from "./memory.js";

/** A workspace in memory with the questions about its code. */
export interface Asked extends CodeQuestions {
  readonly workspace: Workspace;
  /** The arguments of all calls of a global name, in source order, file by file. */
  argumentsOf(callee: string): readonly Located[];
}

/** @param reads is told of every body that is asked for */
export function asked(files: Files, reads: (path: Path) => void = () => undefined): Asked {
  const workspace = workspaceOf(files);
  const cursors = memo((path: Path) => {
    const body = workspace.body(path);
    return body && indexCursors(body);
  });
  const body = (path: Path): ModuleBody | undefined => {
    reads(path);
    return workspace.body(path);
  };
  const questions = codeQuestions({ ...workspace, body, cursors });
  const argumentsOf = (callee: string): readonly Located[] =>
    workspace.paths.flatMap((file) =>
      (cursors(file)?.all ?? []).flatMap((cursor): Located[] => {
        if (cursor.of !== "expression" || cursor.node.kind !== "call") return [];
        const { callee: called, arguments: list } = cursor.node;
        if (called.kind !== "global" || called.name !== callee) return [];
        return list.map(({ value }) => ({ file, expression: value }));
      }),
    );
  return { ...questions, workspace, argumentsOf };
}

/** Plain data for a value: an array of what it can be, sorted, or why it is unprovable. */
export function plain(questions: CodeQuestions, value: Value): unknown {
  if (value.kind === "unprovable") return `? ${value.reason}`;
  return value.values.map((constant) => data(questions, constant)).toSorted((a, b) => (String(JSON.stringify(a)) < String(JSON.stringify(b)) ? -1 : 1));
}

function data(questions: CodeQuestions, constant: Extract<Value, { kind: "known" }>["values"][number]): unknown {
  const inner = (at: Located): unknown => {
    const value = plain(questions, questions.valueOf(at));
    return Array.isArray(value) && value.length === 1 ? value[0] : value;
  };
  switch (constant.kind) {
    case "primitive":
      return constant.value;
    case "array":
      return [...constant.items.map(inner), ...(constant.complete ? [] : ["…"])];
    case "object":
      return { ...Object.fromEntries([...constant.members].map(([key, at]) => [key, inner(at)])), ...(constant.complete ? {} : { "…": true }) };
    case "function":
      return "function";
  }
}

/** What the arguments of `probe(…)` in `main.ts` can be. */
export function probe(text: string, files: Files = {}): readonly unknown[] {
  const questions = asked({ "main.ts": text, ...files });
  return questions.argumentsOf("probe").map((at) => plain(questions, questions.valueOf(at)));
}

