import type { Expression, FunctionId } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import type { Callback } from "../uses.js";
import { passedBy } from "../values/evaluation.js";
import { callFrame, frameOf, type FrameArgument } from "../values/frame.js";
import { usesOfFunction } from "../values/parameters.js";
import type { Located, LocatedType } from "../workspace.js";
import { sideQuestion, type OriginAsk, type Origins } from "./ask.js";
import { ofElement } from "./elements.js";
import { after, found, mapTypes, typed, unknown, type Found } from "./found.js";

type Parameter = Extract<Expression, { kind: "parameter" }>;

/** Standard methods that pass an element of the receiver first. */
const ELEMENT_FIRST: ReadonlySet<string> = new Set([
  "map", "forEach", "filter", "some", "every", "find", "findIndex", "findLast", "findLastIndex", "flatMap", "sort", "toSorted",
]);

/** A parameter derives from its declared type and from what the call that is read, or every known call, passes. */
export function ofParameter(ask: OriginAsk, at: Located, node: Parameter): Origins {
  const { ev } = ask;
  const declared = ev.index(at.file)?.body.functions[node.function]?.parameters[node.index]?.type;
  const origins: Found[] = [found(at, { kind: "parameter", function: node.function, index: node.index })];
  if (declared !== undefined) origins.push(...typed(at, [{ file: at.file, type: declared }]));
  origins.push(...typed(at, contextualTypes(ask, at.file, node.function, node.index)));
  const frame = frameOf(callFrame(at), at.file, node.function);
  if (frame !== undefined) return [...origins, ...ofPassed(ask, frame.arguments, node)];
  const uses = sideQuestion(ask, () => usesOfFunction(ev, at.file, node.function));
  for (const one of uses?.invocations ?? []) origins.push(...after(one.at, "it is called here", ofPassed(ask, passedBy(one.at, one.arguments), node)));
  for (const one of uses?.callbacks ?? []) origins.push(...after(one.at, "it is called here", fromMethod(ask, one, node.index)));
  if (uses?.escape !== undefined) origins.push(unknown(at, `who calls the function is not known: ${uses.escape.reason}`));
  else if ((uses?.invocations.length ?? 0) + (uses?.callbacks.length ?? 0) === 0) origins.push(unknown(at, "no call of the function is known"));
  return origins;
}

/** The type that the place where a function stands gives its parameter. */
function contextualTypes({ ev, types }: OriginAsk, file: Path, fn: FunctionId, position: number): readonly LocatedType[] {
  const index = ev.index(file);
  const contexts: LocatedType[] = [];
  for (const site of index?.functionSites(fn) ?? []) {
    for (const name of index?.namesOf(site.node) ?? []) {
      const type = index?.body.bindings[name]?.type;
      if (type !== undefined) contexts.push({ file, type });
    }
    const { parent } = site;
    if (parent?.of === "expression" && parent.node.kind === "typed" && parent.node.type !== undefined) contexts.push({ file, type: parent.node.type });
  }
  return contexts.flatMap((type) => types.parameterTypes(type, position));
}

function ofPassed(ask: OriginAsk, passed: readonly FrameArgument[], node: Pick<Parameter, "index" | "rest">): Origins {
  if (node.rest) return passed.slice(node.index).flatMap(({ at }) => ask.find(at));
  const spread = passed.findIndex((argument) => argument.spread);
  if (spread >= 0 && spread <= node.index) {
    return passed.slice(spread).flatMap((argument) => (argument.spread ? ofElement(ask, ask.find(argument.at), node.index - spread) : ask.find(argument.at)));
  }
  const argument = passed[node.index];
  return argument === undefined ? [] : ask.find(argument.at);
}

/** What a standard method passes to its callback. */
function fromMethod(ask: OriginAsk, { receiver, method }: Callback, position: number): Origins {
  const origins = ask.find(receiver);
  if (method === "then") return position === 0 ? mapTypes(origins, (type) => ask.types.awaitedTypes(type)) : [];
  // A map passes its values first, where others iterate entries.
  if (method === "forEach" && position === 0) return origins.flatMap((origin) => ofEach(ask, origin));
  const first = method.startsWith("reduce") ? 1 : 0;
  const isElement = position === first || (position === 1 && /^(?:toS|s)ort/u.test(method));
  if (isElement && (first === 1 || ELEMENT_FIRST.has(method))) return ofElement(ask, origins, undefined);
  return position === 2 ? origins : [];
}

function ofEach(ask: OriginAsk, origin: Found): Origins {
  const values = origin.kind === "typed" ? ask.types.valueTypes(origin.type) : [];
  return values.length > 0 ? typed(origin.at, values) : ofElement(ask, [origin], undefined);
}
