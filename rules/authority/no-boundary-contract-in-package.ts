import { walk } from "../../src/facts/cursor.js";
import type { Expression } from "../../src/facts/expression.js";
import type { Path } from "../../src/files/path.js";
import { defineRule } from "../../src/rule/rule.js";
import { spellsOne } from "../../src/workspace/facets.js";
import type { Located, Workspace } from "../../src/workspace/workspace.js";
import { authority } from "./family.js";

/** Where callers find a capability is decided at the boundary; a package that decides it owns the boundary of whoever uses it. */
export const noBoundaryContractInPackage = defineRule({
  name: "no-boundary-contract-in-package",
  family: authority,
  summary: "Caller-facing route metadata (`.route({ method, path })`) lives in boundary plugins, not in packages, services or resources.",
  decisions: ["D-006"],
  languages: ["source"],
  fixable: false,
  severity: "error",
  messages: {
    route: '"{{owner}}" ({{layer}}) tells callers to reach it at {{route}}: that belongs to a boundary plugin.',
  },
  help: {
    route: "Keep the procedure here without `.route`, and let the plugin that publishes it say where callers find it.",
  },

  *subjects({ workspace, policy }) {
    for (const path of workspace.paths) {
      if (workspace.isJudged(path) && policy.shared.includes(workspace.ownerOf(path)?.layer ?? "")) yield path;
    }
  },

  *check(path, { workspace }) {
    const { name = "", layer = "" } = workspace.ownerOf(path) ?? {};
    const body = mayHoldRoutes(path, workspace) ? workspace.body(path) : undefined;
    if (body === undefined) return;
    for (const { of, node } of walk(body)) {
      if (of !== "expression" || node.kind !== "call" || node.callee.kind !== "member") continue;
      const { callee } = node;
      const [options, second] = node.arguments;
      if (options === undefined || second !== undefined || textAt({ file: path, expression: callee.key }, workspace) !== "route") continue;
      const route = routeIn({ file: path, expression: options.value }, workspace);
      if (route === undefined || !isContract({ file: path, expression: callee.object }, route, workspace)) continue;
      const shown = [route.method, route.path ?? "its default path"].filter((text) => text !== undefined).join(" ");
      const span = [callee.keySpan[0], node.span[1]] as const;
      yield { message: "route", data: { owner: name, layer, route: shown }, at: workspace.place(path, span), subject: shown };
    }
  },
});

/** Whether a file names a route and what an address is made of, itself or in a module that it imports: most names of routes are about roads. */
function mayHoldRoutes(path: Path, workspace: Workspace): boolean {
  if (workspace.facet(path, spellsRoute) !== true) return false;
  return [path, ...workspace.linksOf(path).flatMap(({ to }) => (to.kind === "file" ? [to.path] : []))].some((file) => workspace.facet(file, spellsAddressPart));
}

const spellsRoute = spellsOne(["route"]);
const spellsAddressPart = spellsOne(["path", "method"]);

interface Route {
  readonly method?: string;
  readonly path?: string;
}

const METHODS = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/iu;

/** The address that an options object gives; a route with a handler is a mount, which other rules judge. */
function routeIn(at: Located, workspace: Workspace): Route | undefined {
  const value = workspace.valueOf(at);
  for (const constant of value.kind === "known" ? value.values : value.partial) {
    if (constant.kind !== "object" || constant.members.has("handler")) continue;
    const method = textAt(constant.members.get("method"), workspace);
    const path = textAt(constant.members.get("path"), workspace);
    const route = { ...(method !== undefined && METHODS.test(method) && { method }), ...(path?.startsWith("/") === true && { path }) };
    if (Object.keys(route).length > 0) return route;
  }
  return undefined;
}

/** Whether the receiver makes contracts: it comes from oRPC, or nobody knows from where and the address is complete. */
function isContract(receiver: Located, { method, path }: Route, workspace: Workspace): boolean {
  const modules = modulesOf(receiver, workspace, 6);
  if (modules.some((module) => module?.startsWith("@orpc/") === true)) return true;
  return modules.includes(undefined) && method !== undefined && path !== undefined;
}

/** The packages that a chain of calls begins with; undefined for a beginning that is not known. */
function modulesOf({ file, expression }: Located, workspace: Workspace, depth: number): readonly (string | undefined)[] {
  const root = rootOf(expression);
  return workspace.originsOf({ file, expression: root }).origins.flatMap((origin): readonly (string | undefined)[] => {
    if (origin.kind === "external") return [origin.module];
    if (depth > 0 && origin.kind === "call") return modulesOf(origin.callee, workspace, depth - 1);
    if (depth > 0 && origin.kind === "member") return modulesOf(origin.object, workspace, depth - 1);
    return origin.kind === "unknown" || origin.kind === "member" || origin.kind === "call" ? [undefined] : [];
  });
}

function rootOf(expression: Expression): Expression {
  if (expression.kind === "call" || expression.kind === "new") return rootOf(expression.callee);
  return expression.kind === "member" ? rootOf(expression.object) : expression;
}

function textAt(at: Located | undefined, workspace: Workspace): string | undefined {
  const value = at && workspace.valueOf(at);
  const first = value?.kind === "known" ? value.values[0] : undefined;
  return first?.kind === "primitive" && typeof first.value === "string" ? first.value : undefined;
}
