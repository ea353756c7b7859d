import fc from "fast-check";
import { expect, it } from "vitest";
import { normalPath } from "../../src/workspace/mounts/route-path.js";
import { workspaceOf } from "./memory.js";

/* Programs whose apps, routers and prefixes are reached in many ways, in one file or in several. What each mounts is told by running it
   against recording frameworks. */

type Framework = "elysia" | "hono" | "express" | "fastify";

interface Route {
  readonly method: string;
  readonly prefix: string;
  readonly path: string;
  /** How the app is reached, how the prefix gets before the path, how the path is spelled. */
  readonly receiver: number;
  readonly nesting: number;
  readonly isElsewhere: boolean;
}

const segment = fc.constantFrom("rpc", "api", "orpc", "workflows", "v1", ":id");
const path = fc.array(segment, { minLength: 1, maxLength: 2 }).map((segments) => `/${segments.join("/")}`);
const route: fc.Arbitrary<Route> = fc.record({ method: fc.constantFrom("get", "post", "delete"), prefix: path, path, receiver: fc.nat({ max: 9 }), nesting: fc.nat({ max: 3 }), isElsewhere: fc.boolean() });

/** Statements that reach an app in some way, and the expression that it is then. */
function reached(app: string, receiver: number, id: string): { readonly before: string; readonly app: string } {
  switch (receiver) {
    case 1:
      return { before: `const a${id} = ${app};`, app: `a${id}` };
    case 2:
      return { before: `const o${id} = { inner: { app: ${app} } };`, app: `o${id}.inner.app` };
    case 3:
      return { before: `const { app: d${id} } = { app: ${app} };`, app: `d${id}` };
    case 4:
      return { before: `class S${id} { constructor(app) { this.app = app; } }\nconst s${id} = new S${id}(${app});`, app: `s${id}.app` };
    case 5:
      return { before: `const g${id} = () => ${app};`, app: `g${id}()` };
    case 6:
      return { before: `const l${id} = [${app}];`, app: `l${id}[0]` };
    case 7:
      return { before: `function i${id}(app) { return app; }`, app: `i${id}(${app})` };
    case 8:
      return { before: `const [f${id} = undefined] = [${app}];`, app: `f${id}` };
    case 9:
      return { before: "", app: `(h && ${app})` };
    default:
      return { before: "", app };
  }
}

/** Statements that mount one route on `app`. */
function written(framework: Framework, { method, prefix, path: at, receiver, nesting }: Route, id: string): string {
  const { before, app } = reached("app", receiver, id);
  const [head, tail] = [JSON.stringify(prefix), JSON.stringify(at)];
  const whole = JSON.stringify(prefix + at);
  const inner = `r${id}`;
  const made: Record<Framework, readonly string[]> = {
    elysia: [
      `const ${inner} = new Elysia({ prefix: ${head} }); ${inner}.${method}(${tail}, h); ${app}.use(${inner});`,
      `${app}.group(${head}, (${inner}) => ${inner}.${method}(${tail}, h));`,
      `const p${id} = (base) => (${inner}) => ${inner}.${method}(base + ${tail}, h); ${app}.use(p${id}(${head}));`,
    ],
    hono: [
      `const ${inner} = new Hono(); ${inner}.${method}(${tail}, h); ${app}.route(${head}, ${inner});`,
      `${app}.basePath(${head}).${method}(${tail}, h);`,
      `const p${id} = () => new Hono().${method}(${tail}, h); ${app}.route(${head}, p${id}());`,
    ],
    express: [
      `const ${inner} = express.Router(); ${inner}.${method}(${tail}, h); ${app}.use(${head}, ${inner});`,
      `const ${inner} = express.Router(); ${inner}.route(${tail}).${method}(h); ${app}.use(${head}, ${inner});`,
      `const p${id} = (${inner}) => { ${inner}.${method}(${tail}, h); return ${inner}; }; ${app}.use(${head}, p${id}(express.Router()));`,
    ],
    fastify: [
      `${app}.register(async (${inner}) => { ${inner}.${method}(${tail}, h); }, { prefix: ${head} });`,
      `async function p${id}(${inner}) { ${inner}.${method}(${tail}, h); } ${app}.register(p${id}, { prefix: ${head} });`,
      `${app}.register(async (${inner}) => { ${inner}.route({ method: ${JSON.stringify(method.toUpperCase())}, url: ${tail}, handler: h }); }, { prefix: ${head} });`,
    ],
  };
  return `${before}\n${nesting === 0 ? `${app}.${method}(${whole}, h);` : (made[framework][nesting - 1] ?? "")}`;
}

const imports: Record<Framework, string> = {
  elysia: 'import { Elysia } from "elysia";',
  hono: 'import { Hono } from "hono";',
  express: 'import express from "express";',
  fastify: 'import fastify from "fastify";',
};
const making: Record<Framework, string> = { elysia: "new Elysia()", hono: "new Hono()", express: "express()", fastify: "fastify()" };

/** Notes what is mounted on it; speaks every framework's words. */
class Recorder {
  readonly routes: string[] = [];
  readonly prefix: string;

  constructor({ prefix = "" }: { readonly prefix?: string } = {}) {
    this.prefix = prefix;
  }

  get = (at: string): this => this.#note("GET", at);
  post = (at: string): this => this.#note("POST", at);
  delete = (at: string): this => this.#note("DELETE", at);

  group(prefix: string, fill: (inner: Recorder) => unknown): this {
    const inner = new Recorder({ prefix });
    fill(inner);
    return this.#take("", inner);
  }

  use(first: string | Recorder | ((app: Recorder) => unknown), router?: Recorder): this {
    if (typeof first === "function") first(this);
    else if (typeof first !== "string") this.#take("", first);
    else if (router !== undefined) this.#take(first, router);
    return this;
  }

  /** Hono's attaches a router, Express's says a path first, Fastify's takes all at once. */
  route(first: string | { readonly method: string; readonly url: string }, router?: Recorder): unknown {
    if (typeof first !== "string") return this.#note(first.method, first.url);
    if (router !== undefined) return this.#take(first, router);
    const at = (method: string) => () => this.#note(method, first);
    return { get: at("GET"), post: at("POST"), delete: at("DELETE") };
  }

  basePath(prefix: string): Record<string, (at: string) => unknown> {
    const at = (method: string) => (tail: string) => this.#note(method, `${prefix}/${tail}`);
    return { get: at("GET"), post: at("POST"), delete: at("DELETE") };
  }

  register(plugin: (inner: Recorder) => unknown, { prefix = "" }: { readonly prefix?: string } = {}): this {
    const inner = new Recorder({ prefix });
    void plugin(inner);
    return this.#take("", inner);
  }

  #take(prefix: string, inner: Recorder): this {
    for (const one of inner.routes) {
      const [method = "", at = ""] = one.split(" ");
      this.#note(method, `${prefix}/${at}`);
    }
    return this;
  }

  #note(method: string, at: string): this {
    this.routes.push(`${method} ${normalPath(`${this.prefix}/${at}`)}`);
    return this;
  }
}

function ran(code: string): readonly string[] {
  const app = new Recorder();
  const express = Object.assign(() => new Recorder(), { Router: () => new Recorder() });
  // The program is made by this test.
  const program = new Function("Elysia", "Hono", "express", "app", "h", code) as (...of: unknown[]) => void;
  program(Recorder, Recorder, express, app, () => "ok");
  return app.routes;
}

it("finds the routes of a program whatever way its apps are reached, in order", () => {
  fc.assert(
    fc.property(fc.constantFrom<Framework>("elysia", "hono", "express", "fastify"), fc.array(route, { minLength: 1, maxLength: 4 }), (framework, routes) => {
      const parts = routes.map((one, at) => ({ ...one, name: `part${String(at)}`, code: written(framework, one, String(at)) }));
      const functions = parts.map(({ name, code }) => `export function ${name}(app) {\n${code}\n}`);
      const elsewhere = parts.flatMap(({ isElsewhere }, at) => (isElsewhere ? [functions[at] ?? ""] : []));
      const here = parts.flatMap(({ isElsewhere }, at) => (isElsewhere ? [] : [functions[at] ?? ""]));
      const calls = parts.map(({ name }) => `${name}(app);`).join("\n");
      const names = parts.flatMap(({ isElsewhere, name }) => (isElsewhere ? [name] : []));
      const head = `${imports[framework]}\nconst h = () => "ok";\n`;
      const main = `${head}${names.length === 0 ? "" : `import { ${names.join(", ")} } from "./parts";\n`}${here.join("\n")}\nconst app = ${making[framework]};\n${calls}`;
      const { mounts } = workspaceOf({ "main.ts": main, ...(names.length > 0 && { "parts.ts": head + elsewhere.join("\n") }) });
      const found = mounts.map(({ methods, paths, blocked }) => `${methods === "all" ? "ALL" : methods.join(",")} ${paths.map((one) => one.path).join("|")}${blocked === undefined ? "" : " ?"}`);
      expect(found, main).toEqual(ran(`${functions.join("\n").replaceAll("export ", "")}\n${calls}`));
    }),
    { numRuns: 400, seed: 20_267 },
  );
});
