import type { RuleName } from "./law.js";
import type { Policy, PresetName, Severity } from "./policy.js";

/** A layout that drift-guard knows by name: every key of the policy, and what must be found where it is used. */
export interface Preset extends Omit<Policy, "preset" | "required" | "configFile"> {
  /** Keys whose values must be found in the workspace; all else that the preset names is optional. */
  readonly required: readonly RequiredKey[];
}

/** A key that a preset can require; families are the only ones that a preset names one by one. */
export type RequiredKey =
  | "layout.manifest.files"
  | "layout.manifest.export"
  | "layout.manifest.entries"
  | "layout.pluginRoots"
  | "routes.families"
  | "routes.families.mountedIn"
  | "composition.seams";

const tests = ["**/*.test.*", "**/*.spec.*", "**/test/**", "**/tests/**", "**/__tests__/**", "**/e2e/**"];
const generated = ["**/*.gen.*", "**/*.generated.*", "**/generated/**", "**/__generated__/**"];
/** Files that tools ask for in one shape, code that stands for code, and steps that were taken once: they may be the same everywhere. */
const scaffolding = [
  ...["**/*.config.*", "**/.*/**", "**/.*", "**/bin/{run,dev}.*"],
  ...["**/*.test-d.*", "**/{fixtures,__fixtures__,mocks,__mocks__}/**", "**/{mock,mocks}.*", "**/*.{mock,mocks}.*"],
  ...["**/{migration,migrations}/**"],
];
const duplicates: Preset["authority"]["duplicates"] = { minLines: 12, ignore: scaffolding };
const archives = ["**/_archive/**", "docs/archive/**"];

const below = ["package", "resource", "service"];
/** The import matrix; `*` is every layer of `layout.layers`. */
const mayImport = {
  package: ["package"],
  resource: ["resource", "package"],
  service: ["service", "package", "resource"],
  plugin: below,
  app: [...below, "plugin"],
  manifest: ["*"],
  host: ["*", "host", "manifest"],
};

/** Who talks to the world: constructing one of these is the host's business. `module#name`, `*` stands for any subpath. */
const adapters = [
  "inngest#Inngest",
  "inngest/*#serve",
  "elysia#Elysia",
  "elysia#default",
  "pino#pino",
  "pino#default",
  "winston#createLogger",
  "pg#Pool",
  "pg#Client",
  "mysql2#createConnection",
  "mysql2#createPool",
  "mysql2/promise#createConnection",
  "mysql2/promise#createPool",
  "mongodb#MongoClient",
  "mongodb#MongoClient.connect",
  "redis#createClient",
  "redis#createCluster",
  "ioredis#Redis",
  "ioredis#default",
  "ioredis#Cluster",
  "@prisma/client#PrismaClient",
];

const routes: Preset["routes"] = {
  families: {
    ingress: { prefix: "/api/inngest", audience: "runtime", mountedIn: ["apps/server/src/rawr.ts"] },
    workflows: { prefix: "/api/workflows", audience: "workflow", mountedIn: ["apps/server/src/rawr.ts"] },
    rpc: { prefix: "/rpc", audience: "first-party", mountedIn: ["apps/server/src/orpc.ts"] },
    openapi: { prefix: "/api/orpc", audience: "public", mountedIn: ["apps/server/src/orpc.ts"] },
  },
  auxiliary: ["/", "/health*", "/ready*", "/live*", "/metrics", "/favicon.ico", "/assets/*", "/rawr/plugins/web/*"],
  sharedClient: ["packages/orpc-client"],
  verifiers: [],
  gates: [],
};

const legacyKeys = ["templateRole", "channel", "publishTier", "published"];
const kinds = ["toolkit", "agent", "web", "api", "workflows"];
/** Every rule that is named nowhere is an error. */
const rules = { "no-exit-due-soon": "warn" } as const satisfies Partial<Record<RuleName, Severity>>;

const requiredOfEveryHq: readonly RequiredKey[] = [
  "layout.manifest.files",
  "layout.manifest.export",
  "layout.pluginRoots",
  "routes.families",
  "routes.families.mountedIn",
  "composition.seams",
];

const hq: Preset = {
  exclude: archives,
  layout: {
    manifest: { files: ["rawr.hq.ts"], export: "rawrHqManifest", mode: "composition", entries: ["apps/server/src/**"] },
    host: ["apps/server/src/**"],
    layers: {
      package: ["packages/*"],
      resource: ["resources/*"],
      service: ["services/*"],
      plugin: ["plugins/*/*"],
      app: ["apps/*"],
    },
    pluginRoots: {
      "plugins/cli/*": "toolkit",
      "plugins/agents/*": "agent",
      "plugins/web/*": "web",
      "plugins/api/*": "api",
      "plugins/workflows/*": "workflows",
    },
    packageless: false,
    tests,
    generated,
  },
  metadata: { required: true, kinds, legacyKeys },
  routes,
  composition: { seams: ["orpc.router", "workflows.triggerRouter", "inngest"], forbiddenInHost: ["implement"] },
  authority: { mayImport, adapters, adapterPackages: ["packages/*-inngest"], duplicates },
  convergence: { bridges: [] },
  rules: { ...rules, "no-impure-manifest": "off" },
  required: requiredOfEveryHq,
};

const shell: Preset = {
  exclude: archives,
  layout: {
    manifest: {
      files: ["apps/hq/rawr.hq.ts"],
      export: "createRawrHqManifest",
      mode: "declaration",
      entries: ["apps/hq/{server,async,dev}.ts"],
    },
    host: ["apps/server/src/**"],
    layers: { ...hq.layout.layers, plugin: ["plugins/*/*", "plugins/*/*/*"] },
    pluginRoots: {
      "plugins/cli/*": "toolkit",
      "plugins/agents/*": "agent",
      "plugins/web/*": "web",
      "plugins/server/api/*": "api",
      "plugins/async/workflows/*": "workflows",
      "plugins/async/schedules/*": "schedules",
    },
    packageless: true,
    tests,
    generated,
  },
  metadata: { required: "when-used", kinds: [...kinds, "schedules"], legacyKeys },
  routes,
  composition: { seams: ["roles"], forbiddenInHost: [] },
  authority: { mayImport, adapters, adapterPackages: [], duplicates },
  convergence: { bridges: [] },
  rules,
  required: [...requiredOfEveryHq, "layout.manifest.entries"],
};

/** No layout at all: only what a config names is required and checked. What test code and generated code look like is common ground. */
const none: Preset = {
  exclude: [],
  layout: {
    manifest: { files: [], export: "", mode: "composition", entries: [] },
    host: [],
    layers: {},
    pluginRoots: {},
    packageless: false,
    tests,
    generated,
  },
  metadata: { required: false, kinds: [], legacyKeys: [] },
  routes: { families: {}, auxiliary: [], sharedClient: [], verifiers: [], gates: [] },
  composition: { seams: [], forbiddenInHost: [] },
  authority: { mayImport: {}, adapters: [], adapterPackages: [], duplicates },
  convergence: { bridges: [] },
  rules,
  required: [],
};

/** The layouts by name. */
export const presets: Readonly<Record<PresetName, Preset>> = { "rawr-hq": hq, "rawr-hq-shell": shell, none };

/** Every preset that a config may extend, the default first. */
export const presetNames = ["rawr-hq", "rawr-hq-shell", "none"] as const satisfies readonly PresetName[];
