import { rules } from "../../rules/index.js";
import { edit, findingsIn, textsOf, type Edits } from "../example.js";

export { edit, type Edits } from "../example.js";

/** What a change does, and the rules that must speak of it. */
export type Case = readonly [name: string, rules: readonly string[], edits: Edits];

/**
 * The routes rules that find something in the headquarters after a change.
 *
 * @param asked the only rules that are run, where the others cannot have to do with it
 */
export function judged(edits: Edits, asked?: readonly string[]): readonly string[] {
  const judges = rules.filter(({ name, family }) => family.name === "routes" && (asked === undefined || asked.includes(name)));
  return [...new Set(findingsIn("hq", edits, judges).map(({ rule }) => rule))].sort();
}

/** Text of a file of the headquarters. */
export function of(file: string): string {
  const text = textsOf("hq").get(file);
  if (text === undefined) throw new Error(`The example has no ${file}`);
  return text;
}

/** Rules about where something is mounted, and what stands before it. */
export const ABOUT_MOUNTS = ["no-misplaced-mount", "no-unprovable-mount", "no-unsigned-ingress", "no-ungated-rpc", "no-mount-reorder"];

export const RAWR = "apps/server/src/rawr.ts";
export const ORPC = "apps/server/src/orpc.ts";
export const APP = "apps/server/src/app.ts";
export const VERIFIER = "apps/server/src/ingress-signature.ts";
export const GATE = "apps/server/src/caller-gate.ts";
export const MANIFEST = "rawr.hq.ts";
export const ROUTE_TESTS = "apps/server/test/route-families.test.ts";

/** The statement that mounts the ingress. */
export const INGRESS = between(of(RAWR), '  app.all(\n    "/api/inngest",', '{ parse: "none" },\n  );');
/** The statement that mounts the workflows. */
export const WORKFLOWS = between(of(RAWR), "  app.all(\n    `${WORKFLOWS}/*`,", '{ parse: "none" },\n  );');
/** The statement that mounts the RPC handler. */
const RPC = between(of(ORPC), "  for (const path of [RPC,", "  }\n\n");

/** The ingress mounted by other statements; `head` goes to the top of the module. */
export function ingress(statements: string, head = ""): Edits {
  return { [RAWR]: edit([INGRESS, statements], ["const WORKFLOWS =", `${head}\nconst WORKFLOWS =`]) };
}

/** The body of the handler of the ingress. */
export function handler(body: string, head = ""): Edits {
  return ingress(`  app.all("/api/inngest", async ({ request, set }) => { ${body} }, { parse: "none" });`, head);
}

/** The RPC handler mounted by other statements. */
export function rpc(statements: string, head = ""): Edits {
  return { [ORPC]: edit([RPC, `${statements}\n`], ["const RPC =", `${head}\nconst RPC =`]) };
}

/** The body of the function that answers on `/rpc`, up to where it hands the request on. */
export function gate(body: string, head = ""): Edits {
  return rpc(`  for (const path of [RPC, \`\${RPC}/*\`]) app.all(path, async ({ request, set, cookie, headers }) => { ${body} }, { parse: "none" });`, head);
}

/** Statements at the end of what makes the app. */
export function app(statements: string, head = "", more: Edits = {}): Edits {
  return { [APP]: edit(["  return app;", `  ${statements}\n  return app;`], ["/** The whole host", `${head}\n/** The whole host`]), ...more };
}

/** A new module of the web app. */
export function web(code: string, more: Edits = {}): Edits {
  return { "apps/web/src/extra.ts": code, ...more };
}

/** A new module of a package. */
export function core(code: string, more: Edits = {}): Edits {
  return { "packages/core/src/lit.ts": code, ...more };
}

/** Changes of the test file that proves the boundaries; what else proves something goes. */
export function tests(change: Edits[string]): Edits {
  return { [ROUTE_TESTS]: change, "apps/server/test/published-api.test.ts": undefined };
}

function between(text: string, start: string, end: string): string {
  const from = text.indexOf(start);
  const to = text.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`The example no longer holds ${start}`);
  return text.slice(from, to + end.length);
}
