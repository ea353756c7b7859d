import { camel, capitalise, pascal } from "./words.js";

/** A plugin that the manifest composes. */
export interface Composed {
  readonly packageName: string;
  /** Kebab-case. */
  readonly capability: string;
}

/** The plugins of the two kinds that take part in the composition. */
export interface Composition {
  readonly api: readonly Composed[];
  readonly workflows: readonly Composed[];
}

/** The name of what a plugin's entry exports for the manifest. */
export function factoryName(plugin: Composed, what: "router" | "triggers" | "functions"): string {
  return `create${pascal(plugin.capability.split("-"))}${capitalise(what)}`;
}

/** The manifest: every api and workflows plugin composed, once. */
export function manifest({ api, workflows }: Composition): string {
  const key = (plugin: Composed): string => camel(plugin.capability.split("-"));
  return lines(
    'import { inngest, serveFunctions } from "@rawr/platform-inngest";',
    ...api.map((plugin) => `import { ${factoryName(plugin, "router")} } from "${plugin.packageName}";`),
    ...workflows.map(
      (plugin) => `import { ${factoryName(plugin, "functions")}, ${factoryName(plugin, "triggers")} } from "${plugin.packageName}";`,
    ),
    "",
    "const router = {",
    ...api.map((plugin) => `  ${key(plugin)}: ${factoryName(plugin, "router")}(),`),
    "};",
    "",
    "const triggerRouter = {",
    ...workflows.map((plugin) => `  ${key(plugin)}: ${factoryName(plugin, "triggers")}(),`),
    "};",
    "",
    "const functions = [",
    ...workflows.map((plugin) => `  ...${factoryName(plugin, "functions")}(),`),
    "];",
    "",
    "/** What this workspace is composed of. */",
    "export const rawrHqManifest = {",
    "  orpc: { router },",
    "  workflows: {",
    "    capabilities: {",
    ...workflows.map((plugin) => `      ${key(plugin)}: { pathPrefix: "/${plugin.capability}" },`),
    "    },",
    "    triggerRouter,",
    "  },",
    "  inngest: { client: inngest, functions, handler: serveFunctions(functions) },",
    "} as const;",
    "",
    "export type RawrHqManifest = typeof rawrHqManifest;",
  );
}

/** The adapter package that owns the one Inngest client, by path inside it. */
export const INNGEST_PACKAGE: Readonly<Record<string, string>> = {
  "src/index.ts": lines('export { inngest } from "./client";', 'export { serveFunctions } from "./serve";'),
  "src/client.ts": lines(
    'import { Inngest } from "inngest";',
    "",
    "/** The one client of this process. */",
    'export const inngest = new Inngest({ id: "rawr-hq" });',
  ),
  "src/serve.ts": lines(
    'import type { InngestFunction } from "inngest";',
    'import { serve } from "inngest/bun";',
    'import { inngest } from "./client";',
    "",
    "/** Serves durable functions to the runtime. */",
    "export function serveFunctions(functions: InngestFunction.Any[]): (request: Request) => Promise<Response> {",
    "  return serve({ client: inngest, functions });",
    "}",
  ),
};

/** The host and its tests, by path inside `apps/server`. */
export function host({ api, workflows }: Composition): Readonly<Record<string, string>> {
  const firstApi = camel((api[0]?.capability ?? "none").split("-"));
  const firstWorkflow = workflows[0]?.capability ?? "none";
  return {
    "src/main.ts": lines(
      'import { createServer } from "./rawr";',
      "",
      "const port = Number(process.env.PORT ?? 3000);",
      "createServer().listen(port);",
      "console.info(`listening on ${port}`);",
    ),
    "src/rawr.ts": lines(
      'import { OpenAPIHandler } from "@orpc/openapi/fetch";',
      'import { Elysia } from "elysia";',
      'import { rawrHqManifest } from "../../../rawr.hq";',
      'import { isSignedByRuntime } from "./ingress";',
      'import { mountOrpc } from "./orpc";',
      "",
      'const WORKFLOWS = "/api/workflows" as const;',
      "",
      "/** Builds the host: ingress first, then workflows, then the procedure families. */",
      "export function createServer(): Elysia {",
      "  const app = new Elysia();",
      '  app.get("/health", () => ({ ok: true }));',
      '  app.all("/api/inngest", async ({ request }) => {',
      "    if (!(await isSignedByRuntime(request))) {",
      '      return new Response("unsigned", { status: 403 });',
      "    }",
      "    return rawrHqManifest.inngest.handler(request);",
      "  });",
      "  const triggers = new OpenAPIHandler(rawrHqManifest.workflows.triggerRouter);",
      "  app.all(`${WORKFLOWS}/*`, async ({ request }) => {",
      "    const { response } = await triggers.handle(request, { prefix: WORKFLOWS, context: {} });",
      '    return response ?? new Response("not found", { status: 404 });',
      "  });",
      "  mountOrpc(app);",
      "  return app;",
      "}",
    ),
    "src/orpc.ts": lines(
      'import { OpenAPIHandler } from "@orpc/openapi/fetch";',
      'import { RPCHandler } from "@orpc/server/fetch";',
      'import type { Elysia } from "elysia";',
      'import { rawrHqManifest } from "../../../rawr.hq";',
      'import { isFirstParty } from "./callers";',
      "",
      "/** Mounts the first-party and the published family of the manifest's router. */",
      "export function mountOrpc(app: Elysia): void {",
      "  const rpc = new RPCHandler(rawrHqManifest.orpc.router);",
      "  const openapi = new OpenAPIHandler(rawrHqManifest.orpc.router);",
      '  app.all("/rpc/*", async ({ request }) => {',
      "    if (!isFirstParty(request)) {",
      '      return new Response("not found", { status: 404 });',
      "    }",
      '    const { response } = await rpc.handle(request, { prefix: "/rpc", context: {} });',
      '    return response ?? new Response("not found", { status: 404 });',
      "  });",
      '  app.all("/api/orpc/*", async ({ request }) => {',
      '    const { response } = await openapi.handle(request, { prefix: "/api/orpc", context: {} });',
      '    return response ?? new Response("not found", { status: 404 });',
      "  });",
      "}",
    ),
    "src/ingress.ts": lines(
      'import { createHmac, timingSafeEqual } from "node:crypto";',
      "",
      "/** Whether the runtime signed the request with the shared key. */",
      "export async function isSignedByRuntime(request: Request): Promise<boolean> {",
      "  const key = process.env.INNGEST_SIGNING_KEY;",
      '  const header = request.headers.get("x-inngest-signature");',
      "  if (key === undefined || header === null) return false;",
      "  const fields = new URLSearchParams(header);",
      '  const stamp = fields.get("t") ?? "";',
      "  const body = await request.clone().text();",
      '  const expected = createHmac("sha256", key).update(body).update(stamp).digest();',
      '  const given = Buffer.from(fields.get("s") ?? "", "hex");',
      "  return given.length === expected.length && timingSafeEqual(given, expected);",
      "}",
    ),
    "src/callers.ts": lines(
      'import { timingSafeEqual } from "node:crypto";',
      "",
      "/** Whether a first-party process sent the request: it knows the process token. */",
      "export function isFirstParty(request: Request): boolean {",
      '  const token = Buffer.from(process.env.RAWR_PROCESS_TOKEN ?? "");',
      '  const given = Buffer.from(request.headers.get("x-rawr-process") ?? "");',
      "  return token.length > 0 && token.length === given.length && timingSafeEqual(token, given);",
      "}",
    ),
    "test/routes.test.ts": lines(
      'import { describe, expect, it } from "vitest";',
      'import { createServer } from "../src/rawr";',
      "",
      "const app = createServer();",
      "",
      "async function statusOf(path: string, headers: Record<string, string> = {}): Promise<number> {",
      '  const response = await app.handle(new Request(`http://localhost${path}`, { method: "POST", headers }));',
      "  return response.status;",
      "}",
      "",
      'describe("route families", () => {',
      '  it("serves rpc to first parties only", async () => {',
      '    process.env.RAWR_PROCESS_TOKEN = "known";',
      `    expect(await statusOf("/rpc/${firstApi}/list", { "x-rawr-process": "known" })).toBe(200);`,
      `    expect(await statusOf("/rpc/${firstApi}/list")).toBe(404);`,
      "  });",
      "",
      '  it("serves published procedures", async () => {',
      `    expect(await statusOf("/api/orpc/${firstApi}/list")).toBe(200);`,
      `    expect(await statusOf("/api/orpc/${firstApi}/none")).toBe(404);`,
      "  });",
      "",
      '  it("takes workflow triggers", async () => {',
      `    expect(await statusOf("/api/workflows/${firstWorkflow}/start")).toBe(200);`,
      '    expect(await statusOf("/api/workflows/nowhere/start")).toBe(404);',
      "  });",
      "",
      '  it("refuses unsigned ingress", async () => {',
      '    expect(await statusOf("/api/inngest")).toBe(403);',
      "  });",
      "});",
    ),
  };
}

function lines(...text: readonly string[]): string {
  return `${text.join("\n")}\n`;
}
