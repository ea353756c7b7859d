import type { Framework } from "../mounts.js";
import type { LocatedType, Workspace } from "../workspace.js";
import { frameworkOf, isAppType } from "./frameworks.js";

type Ask = Pick<Workspace, "source" | "body" | "resolve" | "exported" | "membersOf">;

const REACH = 12;

/** The framework whose app a declared type is, through aliases, imports and constraints. */
export function appType(ask: Ask, { file, type }: LocatedType, reach = REACH): Framework | undefined {
  if (reach === 0) return undefined;
  switch (type.kind) {
    case "union":
    case "intersection":
      return firstOf(type.parts.map((part) => () => appType(ask, { file, type: part }, reach - 1)));
    case "import": {
      const to = ask.resolve(file, type.specifier);
      if (to.kind === "external") return type.name !== undefined && isAppType(type.name) ? frameworkOf(type.specifier) : undefined;
      return to.kind === "file" && type.name !== undefined ? exportedAppType(ask, to.path, type.name, reach - 1) : undefined;
    }
    case "named": {
      const binding = type.binding === undefined ? undefined : ask.body(file)?.bindings[type.binding];
      if (binding === undefined) return firstOf(wrapped(type.name) ? type.arguments.map((part) => () => appType(ask, { file, type: part }, reach - 1)) : []);
      if (binding.import === undefined) return binding.type === undefined ? undefined : appType(ask, { file, type: binding.type }, reach - 1);
      const specifier = ask.source(file)?.imports[binding.import.index]?.specifier;
      if (specifier?.kind !== "string") return undefined;
      const to = ask.resolve(file, specifier.value);
      // `express.Express`: the name of the type stands behind that of the namespace.
      const name = type.name.includes(".") ? type.name : binding.import.name === "default" ? type.name : binding.import.name;
      if (to.kind === "external") return isAppType(name) ? frameworkOf(specifier.value) : undefined;
      return to.kind === "file" ? exportedAppType(ask, to.path, binding.import.name, reach - 1) : undefined;
    }
    default:
      return undefined;
  }
}

function exportedAppType(ask: Ask, file: LocatedType["file"], name: string, reach: number): Framework | undefined {
  const exported = ask.exported(file, name);
  if (exported.kind === "external") return isAppType(exported.name) ? frameworkOf(exported.module) : undefined;
  if (exported.kind !== "binding") return undefined;
  const type = ask.body(exported.file)?.bindings[exported.binding]?.type;
  return type === undefined ? undefined : appType(ask, { file: exported.file, type }, reach);
}

/** Whether a type that the workspace declares has the methods of an app: `all`, or two that register routes, and no `size` or `append`. */
export function hasAppShape(ask: Ask, type: LocatedType): boolean {
  if (type.type.kind === "other") return false;
  const members = ask.membersOf(type);
  const routes = members.filter((name) => /^(?:all|get|post|put|patch|delete|use|route|mount|group|register)$/u.test(name));
  const isOther = members.some((name) => /^(?:size|has|set|append|clear|keys|baseURL|defaults|request|interceptors|head)$/u.test(name));
  return (routes.includes("all") || routes.length > 1) && !isOther;
}

function wrapped(name: string): boolean {
  return /^(?:Readonly|Partial|Required|NonNullable|Awaited|Promise|Pick|Omit)$/u.test(name);
}

function firstOf(questions: readonly (() => Framework | undefined)[]): Framework | undefined {
  for (const question of questions) {
    const answer = question();
    if (answer !== undefined) return answer;
  }
  return undefined;
}
