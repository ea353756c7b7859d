import fc from "fast-check";
import { expect, it } from "vitest";
import { normalPath } from "../../src/workspace/mounts/route-path.js";
import { workspaceOf } from "./memory.js";

/* Programs that mount known routes, written in many ways. What each of them does is told by running it against a recording app. */

interface Route {
  readonly method: string;
  readonly segments: readonly string[];
  readonly spelling: number;
  readonly shape: number;
}

const segment = fc.constantFrom("rpc", "api", "orpc", "workflows", "inngest", "*", ":id", "v1");
const route: fc.Arbitrary<Route> = fc.record({
  method: fc.constantFrom("get", "post", "all", "delete"),
  segments: fc.array(segment, { minLength: 1, maxLength: 4 }),
  spelling: fc.nat({ max: 8 }),
  shape: fc.nat({ max: 13 }),
});

/** Statements and an expression that is the path. */
function spelled(path: string, spelling: number, id: string): { readonly before: string; readonly path: string } {
  const text = JSON.stringify(path);
  const half = Math.floor(path.length / 2);
  const [a, b] = [JSON.stringify(path.slice(0, half)), JSON.stringify(path.slice(half))];
  switch (spelling) {
    case 1:
      return { before: "", path: `${a} + ${b}` };
    case 2:
      return { before: `const p${id} = ${text};`, path: `p${id}` };
    case 3:
      return { before: `const p${id} = ${a};`, path: `\`\${p${id}}\${${b}}\`` };
    case 4:
      return { before: `const o${id} = { at: { path: ${text} } };`, path: `o${id}.at.path` };
    case 5:
      return { before: `const { q: p${id} = ${text} } = {};`, path: `p${id}` };
    case 6:
      return { before: `const l${id} = ["/never", ${text}];`, path: `l${id}[1]` };
    case 7:
      return { before: `function f${id}(x) { return x + ${b}; }`, path: `f${id}(${a})` };
    case 8:
      return { before: "", path: `[${a}, ${b}].join("")` };
    default:
      return { before: "", path: text };
  }
}

/** A statement that mounts a route on `app`. */
function written({ method, segments, spelling, shape }: Route, id: string): string {
  const whole = `/${segments.join("/")}`;
  const head = `/${segments.slice(0, 1).join("/")}`;
  const tail = `/${segments.slice(1).join("/")}`;
  const { before, path } = spelled(whole, spelling, id);
  const inner = spelled(tail, spelling, `${id}i`);
  switch (shape) {
    case 1:
      return `${before} function m${id}(to, at) { to.${method}(at, h); } m${id}(app, ${path});`;
    case 2:
      return `${before} for (const at of [${path}, "/twice"]) app.${method}(at, h);`;
    case 3:
      return `${before} [{ at: ${path} }].forEach(({ at }) => app.${method}(at, h));`;
    case 4:
      return `${inner.before} app.group(${JSON.stringify(head)}, (g) => g.${method}(${inner.path}, h));`;
    case 5:
      return `${inner.before} const s${id} = new Elysia({ prefix: ${JSON.stringify(head)} }).${method}(${inner.path}, h); app.use(s${id});`;
    case 6:
      return `${before} const u${id} = (to) => to.${method}(${path}, h); app.use(u${id});`;
    case 7:
      return `${before} app[${JSON.stringify(method)}](${path}, h);`;
    case 8:
      return `${before} for (const [at, fn] of Object.entries({ [${path}]: h })) app.${method}(at, fn);`;
    case 9:
      return `${before} const r${id} = { path: ${path}, method: ${JSON.stringify(method)} }; app[r${id}.method](r${id}.path, h);`;
    case 10:
      return `${before} const a${id} = app; if (h) { a${id}.${method}(${path}, h); }`;
    case 11:
      return `const k${id} = (base) => { const sub = new Elysia({ prefix: base }); sub.${method}(${JSON.stringify(tail)}, h); return sub; }; app.use(k${id}(${JSON.stringify(head)}));`;
    case 12:
      return `${before} const args${id} = [${path}, h]; app.${method}(...args${id});`;
    case 13:
      return `${before} const c${id} = (to, ...paths) => { for (const at of paths) to.${method}(at, h); return to; }; c${id}(c${id}(app, ${path}), "/again");`;
    default:
      return `${before} app.${method}(${path}, h);`;
  }
}

/** An app that notes what is mounted on it, in order. */
class Recorder {
  readonly routes: string[] = [];
  readonly #prefix: string;

  constructor({ prefix = "" }: { readonly prefix?: string } = {}) {
    this.#prefix = prefix;
  }

  group(prefix: string, fill: (app: Recorder) => unknown): this {
    const inner = new Recorder({ prefix });
    fill(inner);
    return this.#take(inner);
  }

  use(plugin: Recorder | ((app: Recorder) => unknown)): this {
    if (plugin instanceof Recorder) return this.#take(plugin);
    plugin(this);
    return this;
  }

  get = (path: string): this => this.#note("GET", path);
  post = (path: string): this => this.#note("POST", path);
  delete = (path: string): this => this.#note("DELETE", path);
  all = (path: string): this => this.#note("ALL", path);

  #take(inner: Recorder): this {
    for (const one of inner.routes) {
      const [method = "", path = ""] = one.split(" ");
      this.#note(method, path);
    }
    return this;
  }

  #note(method: string, path: string): this {
    this.routes.push(`${method} ${normalPath(`${this.#prefix}/${path}`)}`);
    return this;
  }
}

function ran(code: string): readonly string[] {
  const app = new Recorder();
  // The program is made by this test.
  const program = new Function("Elysia", "app", "h", code) as (maker: typeof Recorder, root: Recorder, handler: () => string) => void;
  program(Recorder, app, () => "ok");
  return app.routes;
}

it("finds the routes of a program as running it does, in order", () => {
  fc.assert(
    fc.property(fc.array(route, { minLength: 1, maxLength: 5 }), fc.boolean(), (routes, isInFunction) => {
      const statements = routes.map((one, at) => written(one, String(at))).join("\n");
      const code = isInFunction ? `function start(app) {\n${statements}\n}\nstart(app);` : statements;
      const { mounts } = workspaceOf({ "main.ts": `import { Elysia } from "elysia";\nconst h = () => "ok";\nconst app = new Elysia();\n${code}` });
      const found = mounts.map(({ methods, paths, blocked }) => `${methods === "all" ? "ALL" : methods.join(",")} ${paths.map(({ path }) => path).join("|")}${blocked === undefined ? "" : " ?"}`);
      expect(found, code).toEqual(ran(code));
    }),
    { numRuns: 600, seed: 20260 },
  );
});
