import type { Argument } from "../../facts/expression.js";
import { inside } from "../values/evaluation.js";
import { callFrame } from "../values/frame.js";
import type { Located } from "../workspace.js";
import { writesInto, type OriginAsk, type Origins } from "./ask.js";
import { typed } from "./found.js";

/** What an element of something derives from, given what that derives from. */
export function ofElement(ask: OriginAsk, origins: Origins, index: number | undefined): Origins {
  return origins.flatMap((origin): Origins => {
    if (origin.kind === "typed") return typed(origin.at, ask.types.itemTypes(origin.type, index));
    if (origin.kind !== "literal" || origin.at.expression.kind !== "array") return [origin];
    const { items } = origin.at.expression;
    // A list may be spread into itself.
    return ask.once(items, `${String(index)} ${callFrame(origin.at)?.serial ?? ""}`, () => ofItems(ask, origin.at, items, index));
  });
}

/** What an element of an array literal, or one that is put in later, derives from. */
function ofItems(ask: OriginAsk, at: Located, items: readonly Argument[], index: number | undefined): Origins {
  const fixed = index !== undefined && items.slice(0, index + 1).every((item) => !item.spread);
  const chosen = fixed ? items.slice(index, index + 1) : items;
  const stored = writesInto(ask, at).flatMap((write) => {
    if (write.kind === "method") return write.arguments.map(({ value }) => ({ file: write.at.file, expression: value }));
    return write.kind === "set" ? [write.value] : [];
  });
  const own = chosen.flatMap(({ value, spread }) => (spread ? ofElement(ask, ask.find(inside(at, value)), undefined) : ask.find(inside(at, value))));
  return [...own, ...stored.flatMap((value) => ask.find(value))];
}
