import { describe, expect, it } from "vitest";
import { rules } from "../../rules/index.js";
import { findingsIn, type Edits } from "../example.js";

type Case = readonly [name: string, edits: Edits];

const judges = rules.filter(({ family }) => family.name === "metadata");

/** Declares what plugins are, so that it is found only by what reads it elsewhere. */
const DECLARATION = "packages/core/src/declared-plugin.ts";
const declared: Edits = { [DECLARATION]: "export interface Plugin { kind: string; capability: string; channel?: string }" };
const PL = 'import type { Plugin } from "./declared-plugin";\n';

/** A new module, with others. */
function f(text: string, more: Edits = {}, file = "packages/core/src/extra.ts"): Edits {
  return { [file]: text, ...declared, ...more };
}

/** The metadata rules that speak of a change, the declaration aside. */
function judged(edits: Edits): readonly string[] {
  return [...new Set(findingsIn("hq", edits, judges).flatMap(({ rule, file }) => (file === DECLARATION ? [] : [rule])))];
}

const breaches: readonly Case[] = [
  ["typed uninit member", f(PL + "export class A { plugin!: Plugin; go() { return this.plugin.channel; } }")],
  ["typed uninit member only declared rawr", f("interface Rawr { kind: string; capability: string }\ndeclare const p: any;\nexport class A { private rawr?: any; go() { return this.rawr.channel; } }")],
  ["ctor param prop typed", f(PL + "export class A { constructor(private readonly plugin: Plugin) {} go() { return this.plugin.channel; } }")],
  ["Map field", f(PL + "export class A { private readonly byId = new Map<string, Plugin>(); go(id: string) { return this.byId.get(id)?.channel; } }")],
  ["Map field typed", f(PL + "export class A { byId: Map<string, Plugin>; go(id: string) { return this.byId.get(id)?.channel; } }")],
  ["ReadonlyMap for of values", f(PL + "export function go(m: ReadonlyMap<string, Plugin>) { for (const p of m.values()) if (p.channel) return 1; }")],
  ["Map for of entries", f(PL + "export function go(m: Map<string, Plugin>) { for (const [, p] of m) if (p.channel) return 1; }")],
  ["Map forEach", f(PL + "export function go(m: Map<string, Plugin>) { m.forEach((p) => { console.log(p.channel); }); }")],
  ["list[0]", f(PL + "export function go(list: Plugin[]) { return list[0].channel; }")],
  ["list[0]?", f(PL + "export function go(list: readonly Plugin[]) { return list[0]?.channel; }")],
  ["list[i]", f(PL + "export function go(list: Array<Plugin>, i: number) { return list[i].channel; }")],
  ["list.at(-1)", f(PL + "export function go(list: Plugin[]) { return list.at(-1)?.channel; }")],
  ["Object.values record", f(PL + "export function go(r: Record<string, Plugin>) { return Object.values(r).map((p) => p.channel); }")],
  ["Object.values member", f(PL + "interface S { plugins: Record<string, Plugin> }\nexport function go(s: S) { return Object.values(s.plugins).filter((p) => p.channel === 'x'); }")],
  ["type predicate", f(PL + "function isPlugin(x: unknown): x is Plugin { return true; }\nexport function go(x: unknown) { if (isPlugin(x)) return x.channel; }")],
  ["type predicate negated", f(PL + "function isPlugin(x: unknown): x is Plugin { return true; }\nexport function go(x: unknown) { if (!isPlugin(x)) return; return x.channel; }")],
  ["type predicate filter", f(PL + "function isPlugin(x: unknown): x is Plugin { return true; }\nexport function go(xs: unknown[]) { return xs.filter(isPlugin).map((p) => p.channel); }")],
  ["assert predicate", f(PL + "function assertPlugin(x: unknown): asserts x is Plugin {}\nexport function go(x: unknown) { assertPlugin(x); return x.channel; }")],
  ["instanceof", f("export class Plugin { kind = 'a'; capability = 'b'; channel = 'c'; }\nexport function go(x: unknown) { if (x instanceof Plugin) return x.channel; }")],
  ["read(o,k) other file const", f('import { read } from "./read";\nconst KEY = "templateRole";\nexport const go = (pkg: any) => read(pkg, KEY);', { "packages/core/src/read.ts": "export function read(o: any, k: string) { return o[k]; }" })],
  ["read(o,k) other file channel", f('import { read } from "./read";\nconst KEY = "channel";\nexport const go = (pkg: any) => read(pkg.rawr, KEY);', { "packages/core/src/read.ts": "export function read(o: any, k: string) { return o[k]; }" })],
  ["read(o,k) const concatenated", f('import { read } from "./read";\nconst KEY = "template" + "Role";\nexport const go = (pkg: any) => read(pkg, KEY);', { "packages/core/src/read.ts": "export function read(o: any, k: string) { return o[k]; }" })],
  ["read(o,k) imported const", f('import { read } from "./read";\nimport { KEY } from "./key";\nexport const go = (pkg: any) => read(pkg.rawr, KEY);', { "packages/core/src/read.ts": "export function read(o: any, k: string) { return o[k]; }", "packages/core/src/key.ts": 'export const KEY = "cha" + "nnel";' })],
  ["read(o,k) enum", f('import { read } from "./read";\nenum Key { Channel = "channel" }\nexport const go = (pkg: any) => read(pkg.rawr, Key.Channel);', { "packages/core/src/read.ts": "export const read = (o: any, k: string) => o?.[k];" })],
  ["read({o,k}) option object", f('import { read } from "./read";\nexport const go = (pkg: any) => read({ object: pkg.rawr, key: "channel" });', { "packages/core/src/read.ts": "export const read = ({ object, key }: any) => object[key];" })],
  ["method reader", f('import { Reader } from "./read";\nconst KEY = "channel";\nexport const go = (pkg: any) => new Reader(pkg.rawr).get(KEY);', { "packages/core/src/read.ts": "export class Reader { constructor(private o: any) {} get(k: string) { return this.o[k]; } }" })],
  ["curried reader", f('import { read } from "./read";\nexport const go = (pkg: any) => read("channel")(pkg.rawr);', { "packages/core/src/read.ts": "export const read = (k: string) => (o: any) => o[k];" })],
  ["keys loop reader", f('import { read } from "./read";\nconst KEYS = ["kind", "channel"];\nexport const go = (pkg: any) => KEYS.map((k) => read(pkg.rawr, k));', { "packages/core/src/read.ts": "export function read(o: any, k: string) { return o[k]; }" })],
  ["fn type param names", f("export type Pick1 = (templateRole: string, n: number) => void;")],
  ["fn type param names coined publishTier", f("export interface X { set(publishTier: string): void }")],
  ["zod", f('import { z } from "zod";\nexport const P = z.object({ kind: z.string(), capability: z.string(), channel: z.string().optional() });')],
  ["zod extend", f('import { z } from "zod";\nconst Base = z.object({ kind: z.string(), capability: z.string() });\nexport const P = Base.extend({ channel: z.string() });')],
  ["zod merge", f('import { z } from "zod";\nconst Base = z.object({ kind: z.string(), capability: z.string() });\nexport const P = Base.merge(z.object({ published: z.boolean() }));')],
  ["zod strictObject under rawr", f('import { z } from "zod";\nexport const P = z.object({ rawr: z.strictObject({ channel: z.enum(["a", "b"]) }) });')],
  ["zod infer read", f('import { z } from "zod";\nconst P = z.object({ kind: z.string(), capability: z.string() }).passthrough();\ntype P = z.infer<typeof P>;\nexport const go = (p: P & { channel?: string }) => p.channel;')],
  ["zod pick", f('import { z } from "zod";\nimport { Full } from "./full";\nexport const P = Full.pick({ kind: true, capability: true, channel: true });', { "packages/core/src/full.ts": "export declare const Full: any;" })],
  ["valibot", f('import * as v from "valibot";\nexport const P = v.object({ kind: v.string(), capability: v.string(), channel: v.optional(v.string()) });')],
  ["valibot spread entries", f('import * as v from "valibot";\nconst B = v.object({ kind: v.string(), capability: v.string() });\nexport const P = v.object({ ...B.entries, channel: v.string() });')],
  ["arktype", f('import { type } from "arktype";\nexport const P = type({ kind: "string", capability: "string", "channel?": "string" });')],
  ["arktype and", f('import { type } from "arktype";\nconst B = type({ kind: "string", capability: "string" });\nexport const P = B.and({ "published?": "boolean" });')],
  ["typebox", f('import { Type } from "typebox";\nexport const P = Type.Object({ kind: Type.String(), capability: Type.String(), channel: Type.Optional(Type.String()) });')],
  ["typebox intersect", f('import { Type } from "typebox";\nexport const P = Type.Intersect([Type.Object({ kind: Type.String(), capability: Type.String() }), Type.Object({ channel: Type.String() })]);')],
  ["json schema", f('export const schema = { type: "object", properties: { kind: { type: "string" }, capability: { type: "string" }, channel: { type: "string" } } };')],
  ["effect schema", f('import { Schema } from "effect";\nexport const P = Schema.Struct({ kind: Schema.String, capability: Schema.String, channel: Schema.String });')],
  ["scaffold template object", f('import { writeFileSync } from "node:fs";\nexport const make = (name: string) => writeFileSync("package.json", JSON.stringify({ name, rawr: { kind: "web", capability: name, channel: "A" } }, null, 2));')],
  ["scaffold template literal", f('export const make = (name: string) => `{\n  "name": "${name}",\n  "rawr": { "kind": "web", "capability": "${name}", "channel": "A" }\n}`;')],
  ["scaffold array join", f('export const make = (name: string) => ["{", \'  "name": "x",\', \'  "rawr": { "kind": "web", "capability": "x", "channel": "A" }\', "}"].join("\\n");')],
  ["json in string parse", f('export const def = JSON.parse(\'{"rawr":{"kind":"web","capability":"x","published":true}}\');')],
  ["renamed destructuring", f("export function go(pkg: any) { const { rawr: { channel: lane } = {} as any } = pkg; return lane; }")],
  ["destructuring param", f("export const go = ({ rawr: { channel } }: any) => channel;")],
  ["rest after", f("export const go = ({ rawr: { channel, ...rest } }: any) => rest;")],
  ["Reflect.get", f('export const go = (pkg: any) => Reflect.get(pkg.rawr, "channel");')],
  ["Reflect.has", f('export const go = (pkg: any) => Reflect.has(pkg.rawr, "published") ? 1 : 2;')],
  ["getOwnPropertyDescriptor", f('export const go = (pkg: any) => Object.getOwnPropertyDescriptor(pkg.rawr, "channel")?.value;')],
  ["Proxy get trap", f('export const go = (pkg: any) => new Proxy(pkg.rawr, { get(t, k) { return k === "channel" ? "A" : t[k]; } });')],
  ["Object.entries loop", f('export function go(pkg: any) { for (const [k, v] of Object.entries(pkg.rawr)) if (k === "channel") return v; }')],
  ["entries switch", f('export function go(pkg: any) { for (const [k, v] of Object.entries(pkg.rawr)) switch (k) { case "channel": return v; default: } }')],
  ["for in switch", f('export function go(rawr: any) { for (const k in rawr) { switch (k) { case "published": return rawr[k]; } } }')],
  ["find on entries", f('export const go = (pkg: any) => Object.entries(pkg.rawr).find(([k]) => k === "channel")?.[1];')],
  ["fromEntries filter", f('export const go = (pkg: any) => Object.fromEntries(Object.entries(pkg.rawr).filter(([k]) => k !== "channel"));')],
  ["omit helper", f('import { omit } from "lodash";\nexport const go = (pkg: any) => omit(pkg.rawr, ["channel"]);')],
  ["delete", f("export function go(pkg: any) { delete pkg.rawr.channel; return pkg; }")],
  ["class field rawr", f("export class Meta { kind = 'web'; capability = 'x'; channel = 'A'; }")],
  ["abstract class", f("export abstract class Meta { abstract kind: string; abstract capability: string; abstract published: boolean; }")],
  ["getter", f("export class Meta { kind = ''; capability = ''; get channel() { return 'A'; } }")],
  ["decorator arg", f('declare function Plugin(o: object): ClassDecorator;\n@Plugin({ kind: "web", capability: "x", channel: "A" })\nexport class P {}')],
  ["decorator property coined", f("declare function field(...a: any[]): any;\nexport class P { @field() templateRole = 'x'; }")],
  ["generated file", f("// @generated by tool. Do not edit.\nexport const templateRole = 1;", {}, "packages/core/src/x.gen.ts")],
  ["jsx attr coined", f("export const X = () => <Panel templateRole=\"a\" />;\ndeclare const Panel: any;", {}, "apps/web/src/x.tsx")],
  ["in operator", f('export const go = (pkg: any) => "channel" in pkg.rawr && pkg.x;')],
  ["mapped lookups", f('const READERS = { templateRole: (p: any) => p } as const;\nexport const go = READERS;')],
  ["optional chain computed", f('const k = ["cha", "nnel"].join("");\nexport const go = (pkg: any) => pkg?.rawr?.[k];')],
  ["template key", f("const a = 'template';\nexport const go = (pkg: any) => pkg[`${a}Role`];")],
  ["key from replace", f('export const go = (pkg: any) => pkg["template_role".replace("_r", "R")];')],
  ["lodash get path", f('import get from "lodash/get";\nexport const go = (pkg: any) => get(pkg, "rawr.channel");')],
  ["lodash get path array", f('import get from "lodash/get";\nexport const go = (pkg: any) => get(pkg, ["rawr", "channel"]);')],
  ["object.groupBy", f("export const go = (ps: any[]) => Object.groupBy(ps, (p) => p.rawr.channel);")],
  ["sort by", f("export const go = (ps: any[]) => ps.sort((a, b) => a.rawr.channel.localeCompare(b.rawr.channel));")],
  ["satisfies", f('interface Rawr { kind: string; capability: string; channel: string }\nexport const r = { kind: "a", capability: "b", channel: "c" } satisfies Rawr;')],
  ["interface merging", f("export interface Rawr { kind: string }\nexport interface Rawr { capability: string; channel: string }")],
  ["Partial Record", f('export type R = Partial<Record<"kind" | "capability" | "channel", string>>;')],
  ["Omit legacy", f(PL + 'export type Clean = Omit<Plugin, "channel">;')],
  ["module augmentation", f('declare module "pkg" { interface Rawr { kind: string; capability: string; published: boolean } }\nexport {};')],
  ["namespace member", f("export namespace Meta { export const templateRole = 'x'; }")],
  ["label/enum", f("export enum Tier { publishTier = 'x' }")],
  ["commonjs export", f("exports.templateRole = 1;", {}, "packages/core/src/x.cjs")],
  ["key from json import", f('import keys from "./keys.json";\nexport const go = (p: any) => p.rawr[keys.lane];', { "packages/core/src/keys.json": JSON.stringify({ lane: "channel" }) })],
  ["key via enum in other file", f('import { Key } from "./k";\nexport const go = (p: any) => p.rawr[Key.Lane];', { "packages/core/src/k.ts": 'export enum Key { Lane = "channel" }' })],
  ["key via object const in other file", f('import { keys } from "./k";\nexport const go = (p: any) => p.rawr[keys.lane];', { "packages/core/src/k.ts": 'export const keys = { lane: "channel" } as const;' })],
  ["key via function in other file", f('import { key } from "./k";\nexport const go = (p: any) => p.rawr[key()];', { "packages/core/src/k.ts": 'export function key() { return "channel"; }' })],
  ["key via 2 hops", f('import { key } from "./k";\nexport const go = (p: any) => p.rawr[key];', { "packages/core/src/k.ts": 'export { lane as key } from "./l";', "packages/core/src/l.ts": 'export const lane = "channel";' })],
  ["key via namespace", f('import * as k from "./k";\nexport const go = (p: any) => p.rawr[k.lane];', { "packages/core/src/k.ts": 'export const lane = "channel";' })],
  ["key via default export", f('import lane from "./k";\nexport const go = (p: any) => p.rawr[lane];', { "packages/core/src/k.ts": 'export default "channel";' })],
  ["key parts in two files", f('import { a } from "./k";\nimport { b } from "./l";\nexport const go = (p: any) => p.rawr[a + b];', { "packages/core/src/k.ts": 'export const a = "chan";', "packages/core/src/l.ts": 'export const b = "nel";' })],
  ["key uppercase lowered", f('import { K } from "./k";\nexport const go = (p: any) => p.rawr[K.toLowerCase()];', { "packages/core/src/k.ts": 'export const K = "CHANNEL";' })],
  ["key passed through class static", f('import { Keys } from "./k";\nexport const go = (p: any) => p.rawr[Keys.lane];', { "packages/core/src/k.ts": 'export class Keys { static readonly lane = "channel"; }' })],
  ["key by list index", f('import { keys } from "./k";\nexport const go = (p: any) => keys.map((k) => p.rawr[k]);', { "packages/core/src/k.ts": 'export const keys = ["kind", "channel"];' })],
  ["key by destructured import", f('import { keys } from "./k";\nconst { lane } = keys;\nexport const go = (p: any) => p.rawr[lane];', { "packages/core/src/k.ts": 'export const keys = { lane: "channel" };' })],
  ["Record satisfies in other file", f('import { get } from "./read";\nexport const go = (p: any) => get(p.rawr);', { "packages/core/src/read.ts": 'export const get = (o: any) => o["cha" + "nnel"];' })],
  ["reader reads pkg passed as rawr, key inline default", f('export function read(o: { rawr: any }, key = "channel") { return o.rawr[key]; }')],
  ["reversed", f('export const go = (p: any) => p.rawr["lennahc".split("").reverse().join("")];')],
  ["switch true", f('export function go(p: any) { switch (true) { case "channel" in p.rawr: return 1; default: return 2; } }')],
  ["Map from entries get", f('export const go = (p: any) => new Map(Object.entries(p.rawr)).get("channel");')],
  ["Object.keys includes on rawr", f('export const go = (p: any) => Object.keys(p.rawr).includes("channel") ? 1 : 2;')],
  ["optional call", f("export const go = (p: any) => p.rawr?.channel?.();")],
  ["assignment", f('export function go(p: any) { p.rawr.channel = "A"; }')],
  ["nested assign", f('export function go(p: any) { Object.assign(p.rawr, { channel: "A" }); }')],
  ["spread build", f('export const go = (p: any) => ({ ...p, rawr: { ...p.rawr, channel: "A" } });')],
];

const harmless: readonly Case[] = [
  ["fn type param channel ok", f("export type Pick1 = (channel: string, n: number) => void;")],
  ["json schema required", f('export const schema = { type: "object", properties: { rawr: { type: "object", required: ["kind", "channel"] } } };')],
  ["jsx attr data", f("export const X = () => <div data-template-role=\"a\" />;", {}, "apps/web/src/x.tsx")],
  ["key from base64, which nobody can tell", f("export const go = (pkg: any) => pkg.rawr[atob('Y2hhbm5lbA==')];")],
  ["String.fromCharCode, which nobody can tell", f("export const go = (pkg: any) => pkg.rawr[String.fromCharCode(99)];")],
  ["Symbol.for", f("export const go = Symbol.for('channel');")],
  ["js jsdoc only", f("/** @type {{ templateRole: string }} */\nexport const x = 1;", {}, "packages/core/src/x.js")],
  ["deny list", f('export const LEGACY = ["templateRole", "channel", "publishTier", "published"] as const;\nexport function check(rawr: Record<string, unknown>) { for (const k of LEGACY) if (k in rawr) throw new Error(`legacy ${k}`); }')],
  ["deny set + some", f('const LEGACY = new Set(["templateRole", "publishTier", "channel", "published"]);\nexport const bad = (rawr: object) => { const hits = Object.keys(rawr).filter((k) => LEGACY.has(k)); if (hits.length > 0) throw new Error(hits.join()); };')],
  ["deny collects", f('const LEGACY = ["templateRole", "publishTier", "channel", "published"];\nexport function violations(rawr: Record<string, unknown>) { const out: string[] = []; for (const key of LEGACY) if (Object.hasOwn(rawr, key)) out.push(`no ${key}`); return out; }')],
  ["zod never", f('import { z } from "zod";\nexport const P = z.object({ kind: z.string(), capability: z.string(), channel: z.never().optional() });')],
  ["comments/docs", f("/** templateRole and publishTier are gone. */\n// rawr.channel was once read here\nexport const doc = 'The key templateRole is forbidden.';")],
  ["test asserts rejection", f('import { expect, it } from "vitest";\nit("x", () => { expect(() => parse({ rawr: { kind: "a", capability: "b", channel: "A" } })).toThrow(); });\ndeclare const parse: any;', {}, "packages/core/test/x.test.ts")],
  ["release channel", f("export interface Release { channel: 'stable' | 'canary'; version: string }\nexport const go = (r: Release) => r.channel;")],
  ["internal/published", f("export const decl = { internal: {}, published: {}, kind: 'api', capability: 'x' };")],
  ["plugins.channels", f("export const go = (config: any) => config.plugins.channels.map((c: any) => c.name);")],
  ["telemetry attr", f('export const attrs = { "rawr.release.channel": "stable", channel: "x" };')],
  ["publishConfig", { "packages/core/package.json": (t) => t.replace("{", '{ "publishConfig": { "access": "public" },') }],
  ["slack channel", f("export const send = (o: { channel: string; text: string }) => o.channel;")],
  ["messagechannel", f("export const { port1 } = new MessageChannel(); export const channel = new BroadcastChannel('x'); channel.postMessage(1);")],
  ["post.published", f("export const posts = (ps: { title: string; published: boolean }[]) => ps.filter((p) => p.published);")],
  ["suite ids", f('export const SUITES = ["suite:metadata:no-templateRole", "published-api"];')],
  ["error message only", f("export function fail(k: string): never { throw new Error(`templateRole is legacy: ${k}`); }")],
  ["read of kind only", f("export const go = (pkg: any) => [pkg.rawr.kind, pkg.rawr.capability];")],
  ["channel of notification with kind only", f("export interface Notification { kind: 'mail'; channel: string }\nexport const go = (n: Notification) => n.channel;")],
  ["read(o,k) harmless other object", f('import { read } from "./read";\nconst KEY = "channel";\nexport const go = (release: any) => read(release, KEY);', { "packages/core/src/read.ts": "export function read(o: any, k: string) { return o[k]; }" })],
  ["type guard other", f("interface Msg { channel: string }\nfunction isMsg(x: unknown): x is Msg { return true; }\nexport function go(x: unknown) { if (isMsg(x)) return x.channel; }")],
  ["map of releases", f("interface Release { channel: string }\nexport class A { m = new Map<string, Release>(); go(k: string) { return this.m.get(k)?.channel; } }")],
  ["published flag of router", f("export const go = (m: { router: unknown; published: unknown }) => m.published;")],
  ["manifest published", f("export const go = (orpc: any) => orpc.published;")],
  ["URLSearchParams style no", f('export const go = (u: URLSearchParams) => u.get("channel");')],
  ["FormData get published", f('export const go = (d: FormData) => d.get("published");')],
  ["yaml template", f("export const t = `name: x\nrawr:\n  channel: A\n`;")],
  ["tuple", f('export const go = (p: any): [string, unknown] => ["channel", p.rawr.kind];')],
  ["label for ui", f('export const columns = [{ key: "channel", title: "Channel" }];')],
  ["discord", f('export const go = (client: any) => client.channels.fetch("x").then((channel: any) => channel.send("hi"));')],
  ["kind+capability+internal/published in types", f("export interface Decl { kind: string; capability: string; internal: object; published: object }")],
  ["message enum w/ channel and kind", f('export type Event = { kind: "a"; channel: string } | { kind: "b"; published: boolean };')],
  ["templateRole deny message", f('export const MESSAGES = { legacy: "templateRole is no longer supported" };')],
  ["deny table", f('const LEGACY: Record<string, string> = { templateRole: "use kind", channel: "drop it", publishTier: "drop it", published: "drop it" };\nexport function check(rawr: object) { for (const key of Object.keys(rawr)) if (key in LEGACY) throw new Error(LEGACY[key]); }')],
  ["deny via zod superRefine", f('import { z } from "zod";\nconst LEGACY = ["templateRole", "channel", "publishTier", "published"];\nexport const P = z.object({ kind: z.string() }).passthrough().superRefine((v, ctx) => { for (const k of LEGACY) if (k in v) ctx.addIssue({ code: "custom", message: k }); });')],
  ["deny via some return error", f('const LEGACY = ["templateRole", "channel", "publishTier", "published"];\nexport const problems = (rawr: object) => LEGACY.filter((k) => Object.hasOwn(rawr, k)).map((k) => `legacy ${k}`);')],
];

describe("a legacy metadata key", () => {
  it.each(breaches)("is used: %s", (_, edits) => {
    expect(judged(edits)).toEqual(["no-legacy-metadata-key"]);
  });
  it.each(harmless)("is not used: %s", (_, edits) => {
    expect(judged(edits)).toEqual([]);
  });
});
