import type { Framework } from "../mounts.js";

const MODULES: readonly (readonly [RegExp, Framework])[] = [
  [/^elysia(?:\/|$)/u, "elysia"],
  [/^(?:hono(?:\/|$)|@hono\/zod-openapi$)/u, "hono"],
  [/^express(?:-serve-static-core)?$/u, "express"],
  [/^fastify$/u, "fastify"],
];
/** What the packages export that makes an app; `default` and the names of routers included. */
const MAKERS: Readonly<Record<Framework, ReadonlySet<string>>> = {
  elysia: new Set(["Elysia", "default"]),
  hono: new Set(["Hono", "OpenAPIHono", "default"]),
  express: new Set(["default", "express", "Router", "*"]),
  fastify: new Set(["default", "fastify", "Fastify", "*"]),
  bun: new Set(),
};
const TYPES = /^(?:(?:Any)?Elysia|ElysiaApp|(?:OpenAPI)?Hono|HonoBase|Express|Application|I?Router|FastifyInstance)$/u;
/** Types of functions that a framework calls with an app. */
const PLUGIN_TYPES = /^FastifyPlugin(?:Async|Callback)\w*$/u;

/** Methods that register a handler for one HTTP method. */
const HTTP = ["get", "post", "put", "patch", "delete", "options", "head", "connect", "trace"] as const;
const httpMethods: ReadonlySet<string> = new Set(HTTP);

/** Elysia's names of what runs before a handler, and what they are called here. */
export const BEFORE: Readonly<Record<string, "onRequest" | "beforeHandle" | "resolve" | "derive" | "transform">> = {
  onRequest: "onRequest",
  onTransform: "transform",
  transform: "transform",
  derive: "derive",
  onBeforeHandle: "beforeHandle",
  beforeHandle: "beforeHandle",
  resolve: "resolve",
};

/** Fastify's and Hono's names of what runs before a handler, as options of a route or an app. */
export const EARLY: ReadonlySet<string> = new Set(["onRequest", "preParsing", "preValidation", "preHandler"]);

/** Every method of an app that mounts something or registers what runs before it. */
export const MOUNTING: ReadonlySet<string> = new Set([
  ...HTTP, "all", "ws", "on", "route", "use", "mount", "group", "guard", "register", "addHook", "onRequest", "onTransform", "derive", "resolve",
  "onBeforeHandle",
]);

/** Methods of an app that do not return one. */
export const LEAVES: ReadonlySet<string> = new Set(["handle", "fetch", "request", "inject", "close", "stop", "toString"]);

/** The framework that a package is, by its specifier. */
export function frameworkOf(module: string): Framework | undefined {
  return MODULES.find(([pattern]) => pattern.test(module))?.[1];
}

/** The framework whose app a call of an exported name makes. */
export function madeBy(module: string, name: string): Framework | undefined {
  const framework = frameworkOf(module);
  return framework !== undefined && MAKERS[framework].has(lastOf(name)) ? framework : undefined;
}

/** Whether a framework's exported type is that of an app. */
export function isAppType(name: string): boolean {
  return TYPES.test(lastOf(name));
}

/** Whether a function of a framework's exported type gets an app. */
export function isPluginType(name: string): boolean {
  return PLUGIN_TYPES.test(lastOf(name));
}

/** The HTTP methods that an app's method answers; undefined when it is no plain route. */
export function methodsOf(name: string): readonly string[] | "all" | undefined {
  if (name === "all") return "all";
  if (name === "ws") return ["GET"];
  return httpMethods.has(name) ? [name.toUpperCase()] : undefined;
}

function lastOf(name: string): string {
  return name.split(".").at(-1) ?? name;
}
