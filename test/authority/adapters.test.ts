import { describe, expect, it } from "vitest";
import { noAdapterBootstrap } from "../../rules/authority/no-adapter-bootstrap.js";
import { mergeConfig } from "../../src/policy/merge.js";
import { workspaceOf, type Files } from "../workspace/memory.js";

const file = "plugins/web/one/src/x.ts";

const projects: Files = {
  "package.json": { name: "root", private: true, workspaces: ["apps/*", "packages/*", "services/*", "plugins/*/*"] },
  "rawr.hq.ts": "export const rawrHqManifest = {};",
  "packages/core/package.json": { name: "@rawr/core", exports: "./src/index.ts" },
  "packages/core/src/index.ts": 'export { Inngest } from "inngest";\nexport { Inngest as Client } from "inngest";',
  "packages/jobs-inngest/package.json": { name: "@rawr/jobs-inngest", exports: "./src/index.ts" },
  "services/billing/package.json": { name: "@rawr/billing" },
  "plugins/web/one/package.json": { name: "@rawr/plugin-one" },
  "plugins/web/one/src/own.ts": "export class Elysia {}\nexport function createClient() { return {}; }\nexport class Pool {}",
  "apps/server/package.json": { name: "@rawr/server" },
  "apps/web/package.json": { name: "@rawr/web" },
};

/** What is found in a file, as `line adapter module`. */
function found(text: string, at = file, files: Files = {}): readonly string[] {
  const workspace = workspaceOf({ ...projects, ...files, [at]: text }, { ...mergeConfig("rawr-hq", {}), required: [] });
  return noAdapterBootstrap.run(workspace).problems.filter((one) => one.at.file === at).map(({ message, messageId }) => `${messageId} ${/"([^"]+)" itself/u.exec(message)?.[1] ?? ""}`.trim());
}

describe("an adapter is constructed", () => {
  it.each<readonly [string, string]>([
    ['import { Inngest } from "inngest";\nexport const x = new Inngest({ id: "x" });', "inngest"],
    ['import { Inngest as I } from "inngest";\nexport const x = new I({ id: "x" });', "inngest"],
    ['import * as lib from "inngest";\nexport const x = new lib.Inngest({ id: "x" });', "inngest"],
    ['import { Inngest } from "inngest";\nconst Client = Inngest;\nexport const x = new Client({ id: "x" });', "inngest"],
    ['import { Inngest } from "inngest";\nconst lib = { Client: Inngest };\nexport const x = new lib.Client({ id: "x" });', "inngest"],
    ['import { Inngest } from "inngest";\nconst [Client] = [Inngest];\nexport const x = new Client({ id: "x" });', "inngest"],
    ['import { Inngest } from "inngest";\nclass Fake {}\nexport const x = new (process.env.CI ? Fake : Inngest)({ id: "x" });', "inngest"],
    ['import { Inngest } from "inngest";\nclass Own extends Inngest {}\nexport const x = new Own({ id: "x" });', "inngest"],
    ['import { Inngest } from "inngest";\nexport const x = Reflect.construct(Inngest, [{ id: "x" }]);', "inngest"],
    ['import { Inngest } from "inngest";\nexport function f(client = new Inngest({ id: "x" })) { return client; }', "inngest"],
    ['import { Inngest } from "inngest";\nexport class Jobs { readonly client = new Inngest({ id: "x" }); }', "inngest"],
    ['import { Inngest } from "inngest";\nlet client: Inngest | undefined;\nexport const get = () => (client ??= new Inngest({ id: "x" }));', "inngest"],
    ['import { Inngest } from "inngest";\nconst make = (C: typeof Inngest) => new C({ id: "x" });\nexport const x = make(Inngest);', "inngest"],
    ['import { Inngest } from "inngest";\nexport const x = new (Inngest as never)({ id: "x" });', "inngest"],
    ['import inngest from "inngest";\nexport const x = new inngest.Inngest({ id: "x" });', "inngest"],
    ['const { Inngest } = require("inngest");\nexport const x = new Inngest({ id: "x" });', "inngest"],
    ['export const x = new (require("inngest").Inngest)({ id: "x" });', "inngest"],
    ['export async function f() { const { Inngest } = await import("inngest"); return new Inngest({ id: "x" }); }', "inngest"],
    ['export async function f() { return new (await import("inngest")).Inngest({ id: "x" }); }', "inngest"],
    ['export const f = () => import("inngest").then(({ Inngest }) => new Inngest({ id: "x" }));', "inngest"],
    ['export const f = () => import("inngest").then((lib) => new lib.Inngest({ id: "x" }));', "inngest"],
    ['import { Inngest } from "@rawr/core";\nexport const x = new Inngest({ id: "x" });', "inngest"],
    ['import * as core from "@rawr/core";\nexport const x = new core.Client({ id: "x" });', "inngest"],
    ['import { serve } from "inngest/next";\nexport const x = serve({});', "inngest/next"],
    ['import * as next from "inngest/edge";\nexport const { GET } = next.serve({});', "inngest/edge"],
    ['import { Elysia } from "elysia";\nexport const x = new Elysia().get("/", () => 1);', "elysia"],
    ['import Elysia from "elysia";\nexport const x = new Elysia();', "elysia"],
    ['import pino from "pino";\nexport const x = pino({ level: "info" });', "pino"],
    ['import { pino as make } from "pino";\nexport const x = make();', "pino"],
    ['import * as pino from "pino";\nexport const x = pino.pino();', "pino"],
    ['import * as pino from "pino";\nexport const x = pino.default();', "pino"],
    ['const pino = require("pino");\nexport const x = pino();', "pino"],
    ['import winston from "winston";\nexport const x = winston.createLogger({});', "winston"],
    ['import { createLogger } from "winston";\nexport const x = createLogger({});', "winston"],
    ['import pg from "pg";\nexport const x = new pg.Pool();', "pg"],
    ['import pg from "pg";\nconst { Client } = pg;\nexport const x = new Client();', "pg"],
    ['import mysql from "mysql2/promise";\nexport const x = mysql.createPool({});', "mysql2/promise"],
    ['import { MongoClient } from "mongodb";\nexport const x = new MongoClient("mongodb://x");', "mongodb"],
    ['import { MongoClient } from "mongodb";\nexport const x = MongoClient.connect("mongodb://x");', "mongodb"],
    ['import Redis from "ioredis";\nexport const x = new Redis();', "ioredis"],
    ['const Redis = require("ioredis");\nexport const x = new Redis();', "ioredis"],
    ['import { Redis } from "ioredis";\nexport const x = new Redis();', "ioredis"],
    ['import Redis from "ioredis";\nexport const x = new Redis.Cluster([]);', "ioredis"],
    ['import { createClient } from "redis";\nexport const x = createClient();', "redis"],
    ['import * as redis from "redis";\nexport const x = redis.createClient();', "redis"],
    ['import { PrismaClient } from "@prisma/client";\nexport const x = new PrismaClient().$extends({});', "@prisma/client"],
    ['import prisma from "@prisma/client";\nexport const x = new prisma.PrismaClient();', "@prisma/client"],
  ])("%s", (text, module) => {
    expect(found(text)).toEqual([`misplaced ${module}`]);
  });

  it.each(["packages/core/src/x.ts", "services/billing/src/x.ts", "apps/web/src/x.ts", "plugins/web/one/src/x.js"])("in %s", (path) => {
    expect(found('import { Inngest } from "inngest";\nexport const x = new Inngest({ id: "x" });', path)).toEqual(["misplaced inngest"]);
  });
});

describe("nothing is constructed", () => {
  it.each<readonly [string]>([
    ['import type { Inngest } from "inngest";\nexport const f = (client: Inngest) => client.send({ name: "x" });'],
    ['import { Inngest } from "inngest";\nexport const f = (client: Inngest) => client.createFunction({ id: "x" }, { event: "y" }, async () => 1);'],
    ['import { Inngest } from "inngest";\nexport const is = (value: unknown) => value instanceof Inngest;'],
    ['import { Inngest } from "inngest";\nexport class Own extends Inngest {}'],
    ['export { Inngest } from "inngest";'],
    ['import { Elysia } from "./own";\nexport const x = new Elysia();'],
    ['import { createClient } from "./own";\nexport const x = createClient();'],
    ['import { Pool } from "tinypool";\nexport const x = new Pool();'],
    ['import { createClient } from "graphql-ws";\nexport const x = createClient({ url: "ws://x" });'],
    ['import { createClient } from "@hey-api/client-fetch";\nexport const x = createClient();'],
    ['import { serve } from "bun";\nexport const x = serve({ fetch: () => new Response() });'],
    ['import { EventSchemas } from "inngest";\nexport const x = new EventSchemas();'],
    ['import { t } from "elysia";\nexport const x = t.Object({});'],
    ['import pino from "pino";\nexport const time = pino.stdTimeFunctions.isoTime();'],
    ['import winston from "winston";\nexport const x = winston.format.json();'],
    ['import pg from "pg";\nexport const x = pg.types.setTypeParser(1, String);'],
    ['import { ObjectId } from "mongodb";\nexport const x = new ObjectId();'],
    ['import { Prisma } from "@prisma/client";\nexport const x = new Prisma.Decimal(1);'],
    ['import { Database } from "bun:sqlite";\nexport const x = new Database(":memory:");'],
    ['import Database from "better-sqlite3";\nexport const x = new Database("x.db");'],
    ['class Inngest {}\nexport const x = new Inngest();'],
    ['export const template = `import { Inngest } from "inngest";\nexport const x = new Inngest({ id: "x" });`;'],
    ['// import { Inngest } from "inngest"; new Inngest({ id: "x" });\nexport const x = 1;'],
    ['import { createJobs } from "@rawr/jobs-inngest";\nexport const x = createJobs();'],
  ])("%s", (text) => {
    expect(found(text, file, { "packages/jobs-inngest/src/index.ts": 'import { Inngest } from "inngest";\nexport const createJobs = () => new Inngest({ id: "x" });' })).toEqual([]);
  });

  it.each(["rawr.hq.ts", "apps/server/src/x.ts", "packages/jobs-inngest/src/x.ts", "plugins/web/one/test/x.ts", "plugins/web/one/src/x.test.ts", "plugins/web/one/src/x.gen.ts", "scripts/x.ts"])(
    "where it may not be: %s",
    (path) => {
      expect(found('import { Inngest } from "inngest";\nexport const x = new Inngest({ id: "x" });', path)).toEqual([]);
    },
  );
});

describe("one client a process", () => {
  const client = 'import { Inngest } from "inngest";\nexport const client = new Inngest({ id: "x" });';
  const serving = 'import { serve } from "inngest/bun";\nimport { client } from "./client";\nexport const handler = serve({ client, functions: [] });\n';

  it("is the one that is served", () => {
    const files = { "apps/server/src/client.ts": client, "apps/server/src/rawr.ts": `${serving}import "./other";` };
    expect(found(client, "apps/server/src/other.ts", files)).toEqual(["second"]);
    expect(found(`${serving}import "./other";`, "apps/server/src/rawr.ts", { ...files, "apps/server/src/other.ts": client })).toEqual([]);
  });
});
