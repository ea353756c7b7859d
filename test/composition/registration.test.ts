import { describe, expect, it } from "vitest";
import { rules } from "../../rules/index.js";
import { findingsIn } from "../example.js";
import { edit, judged, MANIFEST, type Case, type Edits } from "./headquarters.js";

/** Puts a line on top of a module. */
function imp(line: string): (text: string) => string {
  return (text) => `${line}\n${text}`;
}

/** A new API plugin. */
const api = (name: string, cap = name): Edits => ({
  [`plugins/api/${name}/package.json`]: JSON.stringify({ name: `@rawr/plugin-api-${name}`, exports: { ".": "./src/index.ts" }, rawr: { kind: "api", capability: cap } }),
  [`plugins/api/${name}/src/index.ts`]: `import { os } from "@orpc/server";\nexport const ${name}Api = { internal: { a: os.handler(() => 1) }, published: { a: os.handler(() => 1) } };`,
});
/** A new workflow plugin. */
const wf = (name: string, cap = name): Edits => ({
  [`plugins/workflows/${name}/package.json`]: JSON.stringify({ name: `@rawr/plugin-workflows-${name}`, exports: { ".": "./src/index.ts" }, rawr: { kind: "workflows", capability: cap } }),
  [`plugins/workflows/${name}/src/index.ts`]: `import { os } from "@orpc/server";\nexport const ${name}Triggers = { a: os.handler(() => 1) };\nexport function create${name}Functions(client: any, _ports: any) { return [client.createFunction({ id: "${name}", triggers: { cron: "0 0 * * *" } }, async () => 1)]; }`,
});

const breaches: readonly Case[] = [
  ["api plugin added", ["no-unregistered-plugin"], { ...api("billing") }],
  ["api plugin imported but dropped", ["no-unregistered-plugin"], { ...api("billing"), [MANIFEST]: imp('import { billingApi } from "@rawr/plugin-api-billing";\nvoid billingApi;') }],
  ["workflow added nowhere", ["no-unregistered-plugin"], { ...wf("mail") }],
  ["workflow without pathPrefix cap", ["no-unregistered-plugin"], { ...wf("mail"), [MANIFEST]: (t) => imp('import { mailTriggers, createmailFunctions } from "@rawr/plugin-workflows-mail";')(t).replace("triggerRouter: {", "triggerRouter: { mail: mailTriggers,").replace("functions: [", "functions: [...createmailFunctions(client, ports), ") }],
  ["workflow without functions served", ["no-unregistered-plugin"], { ...wf("mail"), [MANIFEST]: (t) => imp('import { mailTriggers } from "@rawr/plugin-workflows-mail";')(t).replace("triggerRouter: {", "triggerRouter: { mail: mailTriggers,").replace("capabilities: {", 'capabilities: { mail: { pathPrefix: "/mail" },') }],
  ["workflow triggers missing", ["no-unregistered-plugin"], { ...wf("mail"), [MANIFEST]: (t) => imp('import { createmailFunctions } from "@rawr/plugin-workflows-mail";')(t).replace("functions: [", "functions: [...createmailFunctions(client, ports), ").replace("capabilities: {", 'capabilities: { mail: { pathPrefix: "/mail" },') }],
  ["capability left", ["no-unregistered-plugin"], { [MANIFEST]: edit(["capabilities: {", 'capabilities: { ghost: { pathPrefix: "/ghost" },']) }],
  ["capability via spread const", ["no-unregistered-plugin"], { [MANIFEST]: (t) => t.replace("capabilities: {", 'capabilities: { ...extra,') + '\nconst extra = { ghost: { pathPrefix: "/ghost" } };' }],
  ["prefix other capability", ["no-unregistered-plugin"], { [MANIFEST]: edit(['pathPrefix: "/digest"', 'pathPrefix: "/digests"']) }],
  ["prefix computed wrong", ["no-unregistered-plugin"], { [MANIFEST]: (t) => 'const P = "/dig";\n' + t.replace('pathPrefix: "/digest"', 'pathPrefix: `${P}/x`') }],
  ["api plugin removed from both", ["no-unregistered-plugin"], { [MANIFEST]: (t) => t.replace("router: { coordination: coordinationApi.internal, state: stateApi.internal }", "router: { coordination: coordinationApi.internal }").replace(", state: stateApi.published", "") }],
  ["plugin folder removed, entries remain", ["no-unregistered-plugin"], { "plugins/workflows/digest": undefined, [MANIFEST]: (t) => t.replace(/import .*plugin-workflows-digest.*\n/, "").replace(", digest: digestTriggers", "").replace(", ...createDigestFunctions(client, ports)", "") }],
  ["contradiction: package capability renamed", ["no-unregistered-plugin"], { "plugins/workflows/digest/package.json": edit(['"capability": "digest"', '"capability": "summary"']) }],
];

const harmless: readonly Case[] = [
  ["api plugin only in published", [], { ...api("billing"), [MANIFEST]: (t) => imp('import { billingApi } from "@rawr/plugin-api-billing";')(t).replace("published: {", "published: { billing: billingApi.published,") }],
  ["api registered", [], { ...api("billing"), [MANIFEST]: (t) => imp('import { billingApi } from "@rawr/plugin-api-billing";')(t).replace("router: {", "router: { billing: billingApi.internal,") }],
  ["api registered via helper module", [], { ...api("billing"), "composition/apis.ts": 'import { billingApi } from "@rawr/plugin-api-billing";\nexport const extra = { billing: billingApi.internal };', [MANIFEST]: (t) => imp('import { extra } from "./composition/apis";')(t).replace("router: {", "router: { ...extra,") }],
  ["workflow full", [], { ...wf("mail"), [MANIFEST]: (t) => imp('import { mailTriggers, createmailFunctions } from "@rawr/plugin-workflows-mail";')(t).replace("triggerRouter: {", "triggerRouter: { mail: mailTriggers,").replace("functions: [", "functions: [...createmailFunctions(client, ports), ").replace("capabilities: {", 'capabilities: { mail: { pathPrefix: "/mail" },') }],
  ["prefix deeper", [], { [MANIFEST]: edit(['pathPrefix: "/digest"', 'pathPrefix: "/digest/v1"']) }],
  ["prefix helper", [], { [MANIFEST]: (t) => t.replace('pathPrefix: "/digest"', 'pathPrefix: prefixOf("digest")') + "\nfunction prefixOf(name: string) { return `/${name}`; }" }],
  ["api plugin removed from router only", [], { [MANIFEST]: edit(["router: { coordination: coordinationApi.internal, state: stateApi.internal }", "router: { coordination: coordinationApi.internal }"]) }],
  ["camelCase ok", [], { ...wf("mailOut", "mail-out"), [MANIFEST]: (t) => imp('import { mailOutTriggers, createmailOutFunctions } from "@rawr/plugin-workflows-mailOut";')(t).replace("triggerRouter: {", "triggerRouter: { mailOut: mailOutTriggers,").replace("functions: [", "functions: [...createmailOutFunctions(client, ports), ").replace("capabilities: {", 'capabilities: { mailOut: { pathPrefix: "/mail-out" },') }],
  ["manifest reformulated as defineManifest", [], { [MANIFEST]: (t) => t.replace("export const rawrHqManifest = {", "const define = <T>(x: T) => x;\nexport const rawrHqManifest = define({").replace("} as const;", "} as const);") }],
  ["manifest as satisfies + freeze", [], { [MANIFEST]: (t) => t.replace("export const rawrHqManifest = {", "export const rawrHqManifest = Object.freeze({").replace("} as const;", "} as const);") }],
  ["manifest getters", [], { [MANIFEST]: (t) => t.replace(/ {2}orpc: \{[\s\S]*?\n {2}\},/, "  get orpc() {\n    return { router: { coordination: coordinationApi.internal, state: stateApi.internal }, published: { coordination: coordinationApi.published, state: stateApi.published } };\n  },") }],
  ["manifest function result", [], { [MANIFEST]: (t) => t.replace("export const rawrHqManifest = {", "function build() { return {").replace("} as const;", "} as const; }\nexport const rawrHqManifest = build();") }],
  ["manifest class instance", [], { [MANIFEST]: (t) => t.replace(/export const rawrHqManifest = \{/, "class Hq {").replace(/\n {2}orpc: \{/, "\n  readonly orpc = {").replace(/\n {2}workflows: \{/, "\n  readonly workflows = {").replace(/\n {2}inngest: \{/, "\n  readonly inngest = {").replace(/\n {2}\},\n/g, "\n  };\n").replace("} as const;", "}\nexport const rawrHqManifest = new Hq();") }],
];

/** What is told of a change: message and, in order of places, what else is shown. */
function told(edits: Edits): readonly (readonly string[])[] {
  return findingsIn("hq", edits, rules).map(({ file, line, rule, related }) => [
    `${file}:${String(line)} ${rule}`,
    ...related.map((other) => `${other.file}:${String(other.line)} ${other.message}`),
  ]);
}

describe("a contradiction between package.json, the manifest and what is mounted", () => {
  it.each<readonly [string, Edits, string]>([
    ["another capability in package.json", { "plugins/workflows/digest/package.json": edit(['"capability": "digest"', '"capability": "summary"']) }, "rawr.hq.ts:17"],
    ["another key in the manifest", { [MANIFEST]: edit(['digest: { pathPrefix: "/digest" }', 'summary: { pathPrefix: "/summary" }']) }, "rawr.hq.ts:17"],
    ["another prefix in the manifest", { [MANIFEST]: edit(['pathPrefix: "/digest"', 'pathPrefix: "/summary"']) }, "rawr.hq.ts:17"],
  ])("is told once, with all places: %s", (_, edits, at) => {
    const [[first, ...related] = [], ...others] = told(edits);
    expect(others).toEqual([]);
    expect(first).toBe(`${at} no-unregistered-plugin`);
    expect(related).toHaveLength(2);
    expect(related[0]).toMatch(/^plugins\/workflows\/digest\/package\.json:\d+ The plugin declares the capability/u);
    expect(related[1]).toMatch(/^apps\/server\/src\/rawr\.ts:\d+ Capabilities are mounted here/u);
  });
});

describe("the registration of plugins", () => {
  it.each(breaches)("is broken: %s", (_, rules, edits) => {
    expect(judged(edits)).toEqual(rules);
  });
  it.each(harmless)("holds: %s", (_, rules, edits) => {
    expect(judged(edits)).toEqual(rules);
  });
});
