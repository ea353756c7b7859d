import { walk } from "../facts/cursor.js";
import type { Located, Workspace } from "./workspace.js";

type Ask = Pick<Workspace, "body" | "originsOf">;

/**
 * The routers that a request handler serves: what the oRPC handlers were made with that it asks (`new OpenAPIHandler(router)`).
 *
 * @param handler a function, or such a handler itself
 */
export function servedRouters(ask: Ask, handler: Located): readonly Located[] {
  const found: Located[] = [];
  for (const { at } of ask.originsOf(handler).origins) {
    if (at.expression.kind === "new") found.push(...routerOf(at));
    if (at.expression.kind !== "function") continue;
    const body = ask.body(at.file);
    const own = at.expression.function;
    const isInside = (fn: number): boolean => fn === own || (fn !== 0 && isInside(body?.functions[fn]?.parent ?? 0));
    for (const { of, node, function: fn } of body === undefined ? [] : walk(body)) {
      if (of !== "expression" || node.kind !== "call" || !isInside(fn)) continue;
      const { callee } = node;
      if (callee.kind !== "member" || callee.key.kind !== "string" || callee.key.value !== "handle") continue;
      for (const made of ask.originsOf({ ...at, expression: callee.object }).origins) found.push(...routerOf(made.at));
    }
  }
  return found;
}

function routerOf(at: Located): readonly Located[] {
  const { expression } = at;
  const [router] = expression.kind === "new" ? expression.arguments : [];
  return router === undefined ? [] : [{ ...at, expression: router.value }];
}
