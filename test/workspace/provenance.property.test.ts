import fc from "fast-check";
import { expect, it } from "vitest";
import { mergeConfig } from "../../src/policy/merge.js";
import { workspaceOf, type Files } from "./memory.js";

/* A host that serves one value, passed on to the handler in many ways that change nothing: where it comes from must not change either. */

/** A value on its way: statements before its use, an expression for it, and modules of their own. */
interface Way {
  readonly before: readonly string[];
  readonly expression: string;
  readonly files: Files;
}

/** Rewrites of a value that preserve it; `id` keeps their names apart. */
const REWRITES: readonly ((way: Way, id: string) => Way)[] = [
  (way, id) => named(way, `const c${id} = ${way.expression};`, `c${id}`),
  (way, id) => named(way, `let l${id} = ${way.expression};`, `l${id}`),
  (way, id) => named(way, `const { a: d${id} } = { a: ${way.expression} };`, `d${id}`),
  (way, id) => named(way, `const [e${id}] = [${way.expression}];`, `e${id}`),
  (way, id) => named(way, `const { missing: f${id} = ${way.expression} } = {};`, `f${id}`),
  (way, id) => named(way, `function p${id}(x) { return x; }`, `p${id}(${way.expression})`),
  (way, id) => named(way, `const r${id} = () => (${way.expression});`, `r${id}()`),
  (way, id) => named(way, `const o${id} = ({ value }) => value;`, `o${id}({ value: ${way.expression} })`),
  (way, id) => named(way, `function h${id}(options) { const { deep } = options; return deep.value; }`, `h${id}({ deep: { value: ${way.expression} } })`),
  (way, id) => named(way, `class F${id} { value; constructor(x) { this.value = x; } }`, `new F${id}(${way.expression}).value`),
  (way, id) => named(way, `class M${id} { #value; constructor(x) { this.#value = x; } get() { return this.#value; } }`, `new M${id}(${way.expression}).get()`),
  (way, id) => named(way, `const s${id} = { ...${way.expression} };`, `s${id}`),
  (way) => ({ ...way, expression: `Object.freeze(${way.expression})` }),
  (way) => ({ ...way, expression: `(Math.random() > 2 ? undefined : ${way.expression})` }),
  (way) => ({ ...way, expression: `(undefined ?? ${way.expression})` }),
  (way) => ({ ...way, expression: `(0, ${way.expression})` }),
  (way) => ({ ...way, expression: `(${way.expression} as object)` }),
  (way) => ({ ...way, expression: `(${way.expression} satisfies object)` }),
  (way) => ({ ...way, expression: `(await Promise.resolve(${way.expression}))` }),
  (way, id) => named(way, `const w${id} = async (x) => x;`, `(await w${id}(${way.expression}))`),
  (way, id) => named(way, `const m${id} = new Map([["k", ${way.expression}]]);`, `m${id}.get("k")`),
  (way, id) => named(way, `const t${id} = { k: ${way.expression} };`, `t${id}["k"]`),
  (way, id) => named(way, `const g${id} = { get k() { return ${way.expression}; } };`, `g${id}.k`),
  (way, id) => named(way, `const q${id} = (x) => (_) => x;`, `q${id}(${way.expression})(1)`),
  (way, id) => moved(way, `export const pass${id} = (x) => x;`, id, `pass${id}(${way.expression})`),
  (way, id) => moved(way, `export function pass${id}({ value }) { return value; }`, id, `pass${id}({ value: ${way.expression} })`),
];

function named(way: Way, statement: string, expression: string): Way {
  return { ...way, before: [...way.before, statement], expression };
}

/** A helper of its own module, behind a barrel. */
function moved(way: Way, helper: string, id: string, expression: string): Way {
  const files: Files = { ...way.files, [`apps/server/src/help-${id}.ts`]: helper, [`apps/server/src/barrel-${id}.ts`]: `export * from "./help-${id}";` };
  return { before: [`import { pass${id} } from "./barrel-${id}";`, ...way.before], expression, files };
}

const MANIFEST = 'import { orders } from "@x/orders";\nexport const rawrHqManifest = { orpc: { router: { orders } }, workflows: { capabilities: {}, triggerRouter: {} }, inngest: {} };';

const SOURCES: Readonly<Record<"manifest" | "own", readonly Way[]>> = {
  manifest: [
    { before: ['import { rawrHqManifest } from "../../../rawr.hq";'], expression: "rawrHqManifest.orpc.router", files: {} },
    { before: ['import * as hq from "../../../rawr.hq";', "const { rawrHqManifest: { orpc } } = hq;"], expression: "orpc.router", files: {} },
    { before: ['import { router } from "./seams";'], expression: "router", files: { "apps/server/src/seams.ts": 'import { rawrHqManifest } from "../../../rawr.hq";\nexport const { router } = rawrHqManifest.orpc;' } },
  ],
  own: [
    { before: ['import { os } from "@orpc/server";'], expression: "{ ping: os.handler(() => 1) }", files: {} },
    { before: ['import { router } from "./own";'], expression: "router", files: { "apps/server/src/own.ts": 'import { os } from "@orpc/server";\nexport const router = { ping: os.handler(() => 1) };' } },
    { before: ['import { orders } from "@x/orders";'], expression: "{ orders }", files: {} },
  ],
};

/** What a host that serves a value is found to compose itself. */
function composed({ before, expression, files }: Way): readonly string[] {
  const host = ['import { RPCHandler } from "@orpc/server/fetch";', ...before, `export const handler = new RPCHandler(${expression});`].join("\n");
  const workspace = workspaceOf(
    {
      "package.json": { name: "hq" },
      "rawr.hq.ts": MANIFEST,
      "plugins/api/orders/package.json": { name: "@x/orders", exports: { ".": "./src/index.ts" }, rawr: { kind: "api", capability: "orders" } },
      "plugins/api/orders/src/index.ts": 'import { os } from "@orpc/server";\nexport const orders = { list: os.handler(() => []) };',
      "apps/server/package.json": { name: "@x/server" },
      "apps/server/src/orpc.ts": host,
      ...files,
    },
    { ...mergeConfig("rawr-hq", {}), required: [] },
  );
  return workspace.localCompositions.map(({ kind }) => kind);
}

/** A value after a few rewrites, the first one applied first. */
function rewritten(source: Way, rewrites: readonly number[]): Way {
  return rewrites.reduce((way, rewrite, index) => REWRITES[rewrite]?.(way, String(index)) ?? way, source);
}

const rewrites = fc.array(fc.nat({ max: REWRITES.length - 1 }), { maxLength: 4 });
const sources = (from: keyof typeof SOURCES) => fc.constantFrom(...SOURCES[from]);

it.each(REWRITES.map((_, index) => index))("follows rewrite %i alone", (index) => {
  for (const source of SOURCES.manifest) expect(composed(rewritten(source, [index]))).toEqual([]);
  for (const source of SOURCES.own) expect(composed(rewritten(source, [index]))).toContain("mounted");
});

it("stays silent however a seam is passed on", () => {
  fc.assert(
    fc.property(sources("manifest"), rewrites, (source, path) => {
      expect(composed(rewritten(source, path))).toEqual([]);
    }),
    { seed: 4, numRuns: 150 },
  );
});

it("tells of what the host makes however it is passed on", () => {
  fc.assert(
    fc.property(sources("own"), rewrites, (source, path) => {
      expect(composed(rewritten(source, path))).toContain("mounted");
    }),
    { seed: 5, numRuns: 150 },
  );
});
