import { describe, expect, it } from "vitest";
import { mergeConfig } from "../../src/policy/merge.js";
import type { Located, Workspace } from "../../src/workspace/workspace.js";
import { workspaceOf, type Files } from "./memory.js";

const LIBRARY: Files = {
  "package.json": { name: "hq" },
  "packages/core/package.json": { name: "@x/core", exports: { ".": "./src/index.ts" } },
  "packages/core/src/index.ts": [
    'export const createRouter = () => ({ ping: "pong" });',
    "export class Bundle { functions = []; }",
    "export const define = (value) => value;",
    'export const nameOf = (text) => text + "!";',
    "export const logged = (run) => (...all) => run(...all);",
  ].join("\n"),
  "plugins/api/orders/package.json": { name: "@x/orders", exports: { ".": "./src/index.ts" }, rawr: { kind: "api", capability: "orders" } },
  "plugins/api/orders/src/index.ts": 'import { os } from "@orpc/server";\nexport const orders = { list: os.handler(() => []) };',
  "plugins/api/bills/package.json": { name: "@x/bills", exports: { ".": "./src/index.ts" }, rawr: { kind: "api", capability: "bills" } },
  "plugins/api/bills/src/index.ts": 'import { os } from "@orpc/server";\nexport const bills = { list: os.handler(() => []) };',
  "apps/server/package.json": { name: "@x/server" },
};

const SEAMS = "{ orpc: { router: { orders, bills } }, workflows: { capabilities: {}, triggerRouter: {} }, inngest: {} }";
const IMPORTS = 'import { orders } from "@x/orders";\nimport { bills } from "@x/bills";\n';

/** A headquarters with a manifest and host files. */
function hq(manifest: string, files: Files = {}): { readonly workspace: Workspace; textOf: (at: Located) => string } {
  const all: Files = { ...LIBRARY, "rawr.hq.ts": IMPORTS + manifest, ...files };
  const workspace = workspaceOf(all, { ...mergeConfig("rawr-hq", {}), required: [] });
  return { workspace, textOf: ({ file, expression: { span } }) => String(all[file]).slice(...span) };
}

/** A headquarters whose manifest is whole, and one host file. */
function host(text: string, manifest = `export const rawrHqManifest = ${SEAMS};`): ReturnType<typeof hq> {
  return hq(manifest, { "apps/server/src/orpc.ts": `import { rawrHqManifest } from "../../../rawr.hq";\n${text}` });
}

const SERVES = 'import { RPCHandler } from "@orpc/server/fetch";\n';

describe("the seams of a manifest", () => {
  it.each([
    ["an object", `export const rawrHqManifest = ${SEAMS};`],
    ["an object as const", `export const rawrHqManifest = ${SEAMS} as const;`],
    ["an object that satisfies a type", `export const rawrHqManifest = ${SEAMS} satisfies object;`],
    ["a frozen object", `export const rawrHqManifest = Object.freeze(${SEAMS});`],
    ["what a function returns", `function make() { return ${SEAMS}; }\nexport const rawrHqManifest = make();`],
    ["what an arrow returns", `const make = () => (${SEAMS});\nexport const rawrHqManifest = make();`],
    ["what a definition is given", `import { define } from "@x/core";\nexport const rawrHqManifest = define(${SEAMS});`],
    ["an object with another spread into it", `const base = ${SEAMS};\nexport const rawrHqManifest = { ...base, name: "hq" };`],
    ["an object with parts spread into it", "const orpc = { router: { ...{ orders }, bills } };\nexport const rawrHqManifest = { ...{ orpc }, workflows: { capabilities: {}, triggerRouter: {} }, inngest: {} };"],
    ["an object with getters", "export const rawrHqManifest = { get orpc() { return { router: { orders, bills } }; }, workflows: { capabilities: {}, triggerRouter: {} }, inngest: {} };"],
    ["an object that is exported under another name", `const hq = ${SEAMS};\nexport { hq as rawrHqManifest };`],
    ["an instance of a class", "class Hq { orpc = { router: { orders, bills } }; workflows = { capabilities: {}, triggerRouter: {} }; inngest = {}; }\nexport const rawrHqManifest = new Hq();"],
  ])("are found in %s", (_, manifest) => {
    const { workspace } = hq(manifest);
    expect(workspace.registrationBreaches).toEqual([]);
  });

  it("are found behind a module that forwards", () => {
    const { workspace, textOf } = hq("", { "rawr.hq.ts": 'export { hq as rawrHqManifest } from "./composition";', "composition.ts": `${IMPORTS}export const hq = ${SEAMS};` });
    expect(workspace.manifest).toBe("composition.ts");
    expect(workspace.seam("orpc.router").map(textOf)).toEqual(["{ orders, bills }"]);
    expect(workspace.registrationBreaches).toEqual([]);
  });

  it.each([
    ["export const rawrHqManifest = { orpc: { router: { orders } } };", ["{ orders }"]],
    ["const base = { router: 1 };\nexport const rawrHqManifest = { orpc: { ...base, router: { bills } } };", ["{ bills }"]],
    ["const flag = Math.random() > 1;\nexport const rawrHqManifest = { orpc: flag ? { router: { orders } } : { router: { bills } } };", ["{ orders }", "{ bills }"]],
    ["export const rawrHqManifest = { orpc: {} };", []],
  ])("are the values at a path: %s", (manifest, values) => {
    const { workspace, textOf } = hq(manifest);
    expect(workspace.seam("orpc.router").map(textOf)).toEqual(values);
  });
});

describe("the factories of seams", () => {
  it.each([
    ["a function that makes an object", 'import { createRouter } from "@x/core";\nexport const rawrHqManifest = { orpc: { router: createRouter() } };', ["createRouter"]],
    ["a class", 'import { Bundle } from "@x/core";\nexport const rawrHqManifest = { inngest: new Bundle() };', ["Bundle"]],
    ["a function of a namespace", 'import * as core from "@x/core";\nexport const rawrHqManifest = { orpc: { router: core.createRouter() } };', ["createRouter"]],
    ["none of the manifest's own", "const make = () => ({ orders });\nexport const rawrHqManifest = { orpc: { router: make() } };", []],
    ["none that passes on what it is given", 'import { define } from "@x/core";\nexport const rawrHqManifest = define({ orpc: { router: { orders } } });', []],
    ["none that makes a text", 'import { nameOf } from "@x/core";\nexport const rawrHqManifest = { name: nameOf("hq") };', []],
    ["none that wraps a function", 'import { logged } from "@x/core";\nexport const rawrHqManifest = { run: logged(() => 1) };', []],
    ["none whose result is dropped", 'import { createRouter } from "@x/core";\ncreateRouter();\nexport const rawrHqManifest = {};', []],
  ])("are %s", (_, manifest, names) => {
    expect(hq(manifest).workspace.seamFactories.filter((factory) => factory.makesSomething()).map(({ name }) => name)).toEqual(names);
  });
});

describe("what a host composes itself", () => {
  const OWN = 'import { os } from "@orpc/server";\nconst own = { ping: os.handler(() => 1) };\n';
  it.each([
    ["nothing, where it mounts a seam", "export const handler = new RPCHandler(rawrHqManifest.orpc.router);", []],
    ["nothing, where a seam is wrapped", 'import { logged } from "@x/core";\nexport const handler = new RPCHandler(logged(rawrHqManifest.orpc.router));', []],
    ["a router of its own", `${OWN}export const handler = new RPCHandler(own);`, ["mounted own"]],
    ["one side of a fallback", `${OWN}export const make = (options) => new RPCHandler(options.router ?? own);\nexport const made = make({ router: rawrHqManifest.orpc.router });`, ["mounted own"]],
    ["what is spread beside a seam", `${OWN}export const handler = new RPCHandler({ ...rawrHqManifest.orpc.router, ...own });`, ["mounted { ...rawrHqManifest.orpc.router, ...own }"]],
    ["what a forbidden function makes", 'import { implement } from "@orpc/server";\nexport const built = implement({});', ["forbidden implement({})"]],
    ["what a factory of the manifest makes", 'import { createRouter } from "@x/core";\nexport const built = createRouter();', ["factory createRouter()"]],
    ["what is meant for tests", "import { testingRouter } from \"./testing\";\nexport const handler = new RPCHandler(testingRouter);", ["testing testingRouter"]],
    ["what nobody can follow", "export const handler = new RPCHandler(globalThis.routers.main);", ["unprovable globalThis.routers.main"]],
  ])("is %s", (_, text, found) => {
    const manifest = `import { createRouter } from "@x/core";\nexport const rawrHqManifest = { ...${SEAMS}, spare: createRouter() };`;
    const { workspace, textOf } = hq(manifest, {
      "apps/server/src/orpc.ts": `import { rawrHqManifest } from "../../../rawr.hq";\n${SERVES}${text}\nexport const used = rawrHqManifest.orpc;`,
      "apps/server/src/testing.ts": "export const testingRouter = {};",
    });
    // The text that it was reported for tells which of several alternatives it was.
    expect(workspace.localCompositions.map((one) => `${one.kind} ${textOf(one.at)}`)).toEqual(found.map((one) => one.replace("mounted own", "mounted { ping: os.handler(() => 1) }")));
  });
});

describe("seams that are read for show", () => {
  it.each([
    ["void", "void rawrHqManifest.orpc.router;", ["orpc.router"]],
    ["a comma", "export const x = (rawrHqManifest.orpc.router, 1);", ["orpc.router"]],
    ["a name that nobody uses", "const unused = rawrHqManifest.orpc.router;", ["orpc.router"]],
    ["a log line", "console.log(rawrHqManifest.orpc.router);", ["orpc.router"]],
    ["a condition", "if (rawrHqManifest.orpc.router) start(); declare function start(): void;", ["orpc.router"]],
    ["a parameter that nobody uses", "const take = (router) => 1; take(rawrHqManifest.orpc.router);", ["orpc.router"]],
    ["a mount", `${SERVES}export const h = new RPCHandler(rawrHqManifest.orpc.router);`, []],
    ["a show beside a mount", `${SERVES}void rawrHqManifest.orpc.router; export const h = new RPCHandler(rawrHqManifest.orpc.router);`, []],
    ["a part that is handed on", "start(rawrHqManifest.orpc); declare function start(all: unknown): void;", []],
    ["the whole manifest, handed on", "void rawrHqManifest.orpc.router; start(rawrHqManifest); declare function start(all: unknown): void;", []],
    ["an empty seam", "void rawrHqManifest.inngest;", []],
  ])("by %s", (_, text, seams) => {
    expect(host(text).workspace.shamSeams.map(({ seam }) => seam)).toEqual(seams);
  });
});

describe("second authorities", () => {
  it.each([
    ["none", { "apps/web/src/a.ts": "export const a = 1;" }, []],
    ["an importer that is no entry", { "apps/web/src/a.ts": 'import { rawrHqManifest } from "../../../rawr.hq";\nexport const a = rawrHqManifest;' }, ["importer apps/web/src/a.ts"]],
    ["an importer through a face of the manifest", { "face.ts": 'export { rawrHqManifest } from "./rawr.hq";', "apps/web/src/a.ts": 'import { rawrHqManifest } from "../../../face";\nexport const a = rawrHqManifest;' }, ["importer apps/web/src/a.ts"]],
    ["another manifest", { "apps/web/rawr.hq.ts": "export const rawrHqManifest = { orpc: {} };" }, ["manifest apps/web/rawr.hq.ts"]],
    ["an aggregate", { "apps/web/src/a.ts": `${IMPORTS}export const all = { orders, bills };` }, ["aggregate apps/web/src/a.ts"]],
    ["an aggregate of what another module passes on", { "apps/web/src/o.ts": 'import { orders } from "@x/orders";\nexport const o = orders;', "apps/web/src/a.ts": 'import { o } from "./o";\nimport { bills } from "@x/bills";\nexport const all = [o, bills];' }, ["aggregate apps/web/src/a.ts"]],
    ["none of one capability", { "apps/web/src/a.ts": 'import { orders } from "@x/orders";\nexport const all = { a: orders, b: orders };' }, []],
    ["none of a call with two", { "apps/web/src/a.ts": `${IMPORTS}start(orders, bills);\ndeclare function start(...all: unknown[]): void;` }, []],
  ])("are %s", (_, files, found) => {
    const { workspace } = hq(`export const rawrHqManifest = ${SEAMS};`, { "apps/web/package.json": { name: "@x/web" }, ...files });
    expect(workspace.secondAuthorities.map(({ kind, file }) => `${kind} ${file}`)).toEqual(found);
  });
});

describe("what is registered", () => {
  it.each([
    ["everything", SEAMS, []],
    ["all but one", "{ orpc: { router: { orders } } }", ["unregistered plugins/api/bills"]],
    ["one that is nowhere in the router", "{ orpc: { router: { orders } }, more: { bills } }", ["unrouted plugins/api/bills"]],
    ["a capability that nothing backs", "{ orpc: { router: { orders, bills } }, workflows: { capabilities: { ghost: { pathPrefix: '/ghost' } }, triggerRouter: {} } }", ["unbacked workflows.capabilities.ghost"]],
  ])("is %s", (_, value, found) => {
    const { workspace } = hq(`export const rawrHqManifest = ${value};\nexport const rest = [orders, bills];`);
    expect(workspace.registrationBreaches.map((one) => `${one.kind} ${"member" in one ? one.member.path : one.plugin.folder}`)).toEqual(found);
  });
});

describe("what a manifest does beside declaring", () => {
  it.each([
    ["nothing", `export const rawrHqManifest = ${SEAMS};`, []],
    ["constructs", "export const rawrHqManifest = { cache: new Map() };", ["constructs `Map`"]],
    ["reads the environment", "export const rawrHqManifest = { on: process.env.ON };", ["reads `process`"]],
    ["reads it through the global object", "export const rawrHqManifest = { on: globalThis.process.env.ON };", ["reads `process`"]],
    ["reads an imported environment", 'import { env } from "node:process";\nexport const rawrHqManifest = { on: env.ON };', ["reads `env`"]],
    ["keeps a variable", `let count = 0;\nexport const rawrHqManifest = { count: () => count };`, ["keeps mutable state in `count`"]],
    ["keeps state in a constant", "const seen = {};\nexport const rawrHqManifest = { see: (key) => { seen[key] = true; } };", ["keeps mutable state in `seen`"]],
    ["waits", "export const rawrHqManifest = { x: await Promise.resolve(1) };", ["calls `Promise.resolve`", "waits for something"]],
    ["calls what it does not know", 'import { connect } from "elsewhere";\nexport const rawrHqManifest = { db: connect() };', ["calls `connect`"]],
    ["calls a plugin's factory", "export const rawrHqManifest = { a: orders.list() };", []],
  ])("is: %s", (_, manifest, found) => {
    expect(hq(manifest).workspace.impurities.map(({ does }) => does).toSorted()).toEqual(found);
  });
});
