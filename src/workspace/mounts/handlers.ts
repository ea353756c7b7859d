import type { Expression } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import type { CallFrame } from "../values/frame.js";
import type { Located } from "../workspace.js";
import type { MountAsk } from "./apps.js";
import { named } from "./names.js";

type Call = Extract<Expression, { kind: "call" }>;

/** How many functions deep a handler is looked into. */
const REACH = 4;

/** The `prefix` options of the handlers that a handler asks: `rpc.handle(request, { prefix: "/rpc" })`. */
export function handlerPrefixes(ask: MountAsk, handler: Located | undefined): readonly Located[] {
  const found: Located[] = [];
  for (const { at, call } of callsIn(ask, handler)) {
    const { callee, arguments: list } = call;
    if (callee.kind !== "member" || callee.key.kind !== "string" || !/^(?:handle|fetch|request)$/u.test(callee.key.value)) continue;
    for (const { value } of list.slice(1)) {
      const options = ask.valueOf({ ...at, expression: value });
      for (const constant of options.kind === "known" ? options.values : options.partial) {
        const prefix = constant.kind === "object" ? constant.members.get("prefix") : undefined;
        if (prefix !== undefined) found.push(prefix);
      }
      if (value.kind === "object" && options.kind !== "known") {
        const own = value.entries.find((entry) => entry.kind === "property" && entry.key.kind === "string" && entry.key.value === "prefix");
        if (own?.kind === "property" && !found.some(({ expression }) => expression === own.value)) found.push({ ...at, expression: own.value });
      }
    }
  }
  return found;
}

/** Constants that a handler compares the path of a request with. */
export function pathnameTests(ask: MountAsk, handler: Located): readonly Located[] {
  const found: Located[] = [];
  for (const { file, function: fn, frame } of functionsIn(ask, handler)) {
    const index = ask.index(file);
    const located = (expression: Expression): Located => (frame === undefined ? { file, expression } : { file, expression, frame });
    const isPathname = (node: Expression): boolean => {
      if (node.kind === "member") return node.key.kind === "string" && node.key.value === "pathname";
      const value = node.kind === "reference" ? index?.body.bindings[node.binding]?.value : undefined;
      return value !== undefined && value !== node && isPathname(value);
    };
    for (const { node } of index?.within(fn) ?? []) {
      if (node.kind === "binary" && /^===?$/u.test(node.operator)) {
        if (isPathname(node.left)) found.push(located(node.right));
        else if (isPathname(node.right)) found.push(located(node.left));
      } else if (node.kind === "call" && node.callee.kind === "member" && node.callee.key.kind === "string" && node.callee.key.value === "startsWith" && isPathname(node.callee.object)) {
        const [first] = node.arguments;
        if (first !== undefined) found.push(located(first.value));
      }
    }
  }
  return found;
}

interface Inside {
  readonly file: Path;
  readonly function: number;
  readonly frame?: CallFrame;
}

/** The functions that a handler is and that it calls by name in the workspace. */
function functionsIn(ask: MountAsk, handler: Located): readonly Inside[] {
  const found: Inside[] = [];
  const visit = (inside: Inside, reach: number): void => {
    const { file, function: fn } = inside;
    if (found.some((one) => one.file === file && one.function === fn)) return;
    found.push(inside);
    if (reach === 0) return;
    for (const { node } of ask.index(file)?.within(fn) ?? []) {
      if (node.kind !== "call") continue;
      const called = named(ask, file, node.callee);
      if (called?.kind === "function") visit(called, reach - 1);
    }
  };
  const plain = named(ask, handler.file, handler.expression);
  const frame = handler.frame?.kind === "call" ? handler.frame : undefined;
  if (plain?.kind === "function") visit({ file: plain.file, function: plain.function, ...(frame !== undefined && { frame }) }, REACH);
  else if (plain?.kind !== "external") {
    for (const origin of ask.originsOf(handler).origins) {
      if (origin.kind !== "literal" || origin.at.expression.kind !== "function") continue;
      const own = origin.at.frame?.kind === "call" ? origin.at.frame : undefined;
      visit({ file: origin.at.file, function: origin.at.expression.function, ...(own !== undefined && { frame: own }) }, REACH);
    }
  }
  return found;
}

function* callsIn(ask: MountAsk, handler: Located | undefined): Generator<{ readonly at: Located; readonly call: Call }> {
  if (handler === undefined) return;
  for (const { file, function: fn, frame } of functionsIn(ask, handler)) {
    for (const { node } of ask.index(file)?.within(fn) ?? []) {
      if (node.kind === "call") yield { at: frame === undefined ? { file, expression: node } : { file, expression: node, frame }, call: node };
    }
  }
}
