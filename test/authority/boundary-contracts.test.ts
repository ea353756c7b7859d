import { describe, expect, it } from "vitest";
import { noBoundaryContractInPackage } from "../../rules/authority/no-boundary-contract-in-package.js";
import { mergeConfig } from "../../src/policy/merge.js";
import { workspaceOf, type Files } from "../workspace/memory.js";

const file = "packages/core/src/x.ts";

const projects: Files = {
  "package.json": { name: "root", private: true, workspaces: ["apps/*", "packages/*", "services/*", "resources/*", "plugins/*/*"] },
  "packages/core/package.json": { name: "@rawr/core", exports: "./src/index.ts" },
  "packages/core/src/index.ts": "export {};",
  "packages/core/src/paths.ts": 'export const LIST = "/orders";\nexport const paths = { one: "/orders/{id}" } as const;\nexport const routes = { list: { method: "GET", path: LIST } } as const;',
  "packages/core/src/base.ts": 'import { oc } from "@orpc/contract";\nexport const base = oc.errors({});\nexport default oc;',
  "packages/core/src/router.ts": "export class Router { route(options: object) { return this; } }\nexport const router = new Router();",
  "services/billing/package.json": { name: "@rawr/billing" },
  "resources/db/package.json": { name: "@rawr/db" },
  "plugins/api/orders/package.json": { name: "@rawr/plugin-orders" },
  "apps/server/package.json": { name: "@rawr/server" },
};

/** What is found in a file: the routes as the messages tell them. */
function found(text: string, at = file): readonly string[] {
  const workspace = workspaceOf({ ...projects, [at]: text }, { ...mergeConfig("rawr-hq", {}), required: [] });
  return noBoundaryContractInPackage.run(workspace).problems.filter((one) => one.at.file === at).map(({ message }) => /reach it at (.*?):/u.exec(message)?.[1] ?? message);
}

const oc = 'import { oc } from "@orpc/contract";\n';

describe("a route is told", () => {
  it.each<readonly [string, string]>([
    [`${oc}export const x = oc.route({ method: "GET", path: "/orders" });`, "GET /orders"],
    [`${oc}export const x = oc.input(schema).route({ method: "GET", path: "/orders" }).output(schema);`, "GET /orders"],
    [`${oc}export const x = oc.route({ path: "/orders" });`, "/orders"],
    [`${oc}export const x = oc.route({ method: "POST" });`, "POST its default path"],
    [`${oc}export const x = oc.route({ method: "GET", path: "/orders", summary: "All", tags: ["orders"] });`, "GET /orders"],
    [`${oc}export const x = oc["route"]({ method: "GET", path: "/orders" });`, "GET /orders"],
    [`${oc}const key = "route";\nexport const x = oc[key]({ method: "GET", path: "/orders" });`, "GET /orders"],
    [`${oc}export const x = oc?.route?.({ method: "GET", path: "/orders" });`, "GET /orders"],
    [`${oc}const base = oc;\nexport const x = base.route({ method: "GET", path: "/orders" });`, "GET /orders"],
    [`${oc}const options = { method: "GET", path: "/orders" } as const;\nexport const x = oc.route(options);`, "GET /orders"],
    [`${oc}const method = "GET";\nconst path = "/orders";\nexport const x = oc.route({ method, path });`, "GET /orders"],
    [`${oc}const common = { method: "GET" } as const;\nexport const x = oc.route({ ...common, path: "/orders" });`, "GET /orders"],
    [`${oc}import { LIST } from "./paths";\nexport const x = oc.route({ method: "GET", path: LIST });`, "GET /orders"],
    [`${oc}import { paths } from "./paths";\nexport const x = oc.route({ method: "GET", path: paths.one });`, "GET /orders/{id}"],
    [`${oc}import { routes } from "./paths";\nexport const x = oc.route(routes.list);`, "GET /orders"],
    [`${oc}const at = (path: string) => ({ method: "GET", path }) as const;\nexport const x = oc.route(at("/orders"));`, "GET /orders"],
    [`${oc}const get = (path: string) => oc.route({ method: "GET", path });\nexport const x = get("/orders");`, "GET /orders"],
    [`${oc}const base = "/orders";\nexport const x = oc.route({ method: "GET", path: \`\${base}/all\` });`, "GET /orders/all"],
    ['import * as orpc from "@orpc/contract";\nexport const x = orpc.oc.route({ method: "GET", path: "/orders" });', "GET /orders"],
    ['import { os } from "@orpc/server";\nexport const x = os.route({ method: "GET", path: "/orders" }).handler(() => 1);', "GET /orders"],
    ['import { implement } from "@orpc/server";\nexport const x = implement({}).list.route({ method: "GET", path: "/orders" });', "GET /orders"],
    ['import { base } from "./base";\nexport const x = base.route({ method: "GET", path: "/orders" });', "GET /orders"],
    ['import base from "./base";\nexport const x = base.route({ method: "GET", path: "/orders" });', "GET /orders"],
    ['import { contract } from "somewhere";\nexport const x = contract().route({ method: "GET", path: "/orders" });', ""],
    [`${oc}export const x = (process.env.CI ? oc : oc.errors({})).route({ method: "GET", path: "/orders" });`, "GET /orders"],
    [`${oc}export const x = { list: oc.route({ method: "GET", path: "/orders" }), nested: [() => oc] };`, "GET /orders"],
    [`${oc}export function make(base = oc) { return base.route({ method: "GET", path: "/orders" }); }`, "GET /orders"],
    [`${oc}export class Contract { static readonly list = oc.route({ method: "GET", path: "/orders" }); }`, "GET /orders"],
    [`const { oc } = require("@orpc/contract");\nexport const x = oc.route({ method: "GET", path: "/orders" });`, "GET /orders"],
  ])("%s", (text, route) => {
    expect(found(text)).toEqual(route === "" ? [] : [route]);
  });

  it.each(["services/billing/src/x.ts", "resources/db/src/x.ts", "packages/core/src/contract.js", "packages/core/src/deep/x.mts"])("in %s", (path) => {
    expect(found(`${oc}export const x = oc.route({ method: "GET", path: "/orders" });`, path)).toEqual(["GET /orders"]);
  });
});

describe("none is told", () => {
  it.each([
    `${oc}export const x = oc.input(schema).output(schema);`,
    `${oc}export const x = oc.router({ list: oc.input(schema) });`,
    `${oc}export const x = oc.route({ summary: "All", tags: ["orders"] });`,
    `${oc}export const x = oc.route({ summary: "GET", description: "path /orders" });`,
    'import { Elysia } from "elysia";\nexport const app = (app: Elysia) => app.route("GET", "/orders", () => 1);',
    'import { Hono } from "hono";\nexport const mount = (app: Hono) => app.route("/orders", new Hono());',
    'import express from "express";\nexport const router = express.Router();\nrouter.route("/orders").get((request, response) => response.send("path method"));',
    'import fastify from "fastify";\nexport const add = (app: ReturnType<typeof fastify>) => app.route({ method: "GET", url: "/orders", handler: () => 1 });',
    'import Hapi from "@hapi/hapi";\nconst server = Hapi.server();\nserver.route({ method: "GET", path: "/orders", handler: () => 1 });',
    'import { createRootRoute, createRoute } from "@tanstack/react-router";\nexport const x = createRoute({ path: "/orders", method: "GET" });',
    'import { router } from "./router";\nexport const x = router.route({ method: "GET", path: "/orders" });',
    'import { Router } from "./router";\nexport const x = new Router().route({ method: "GET", path: "/orders" });',
    "class Maps { route(options: object) { return options; } }\nexport const x = new Maps().route({ method: 'GET', path: '/orders' });",
    "export const x = route({ method: 'GET', path: '/orders' });\nfunction route(options: object) { return options; }",
    "export const template = `oc.route({ method: \"GET\", path: \"/orders\" })`;",
    '// oc.route({ method: "GET", path: "/orders" })\nexport const path = 1;',
    'export const x = { route: { method: "GET", path: "/orders" } };',
    'export const log = (trace: { route(options: object): void }) => trace.route({ from: "a", path: "b", method: "walk" });',
  ])("%s", (text) => {
    expect(found(text)).toEqual([]);
  });

  it.each(["plugins/api/orders/src/contract.ts", "apps/server/src/x.ts", "packages/core/test/x.ts", "packages/core/src/x.test.ts", "packages/core/src/x.gen.ts", "scripts/x.ts"])(
    "where it belongs, or is not judged: %s",
    (path) => {
      expect(found(`${oc}export const x = oc.route({ method: "GET", path: "/orders" });`, path)).toEqual([]);
    },
  );
});
