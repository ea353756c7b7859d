import { describe, expect, it } from "vitest";
import { noDuplicateAuthority } from "../../rules/authority/no-duplicate-authority.js";
import { mergeConfig } from "../../src/policy/merge.js";
import { workspaceOf, type Files } from "../workspace/memory.js";

const core = "packages/core/src/plan.ts";
const own = "plugins/cli/tools/src/plan.ts";

const projects: Files = {
  "packages/core/package.json": { name: "@acme/core" },
  "packages/core/src/index.ts": "export interface Kind { readonly kind: string }\nexport interface Other { readonly other: string }",
  "plugins/cli/tools/package.json": { name: "@acme/plugin-tools" },
};

const original = `import { readFile } from "node:fs/promises";
import type { Step } from "./step";

export const PHASES = ["draft", "review", "merge", "release"] as const;

export interface Plan {
  readonly id: string;
  readonly steps: readonly Step[];
  readonly owner?: string;
  readonly created: Date;
}

export async function loadPlan(path: string, fallback: Plan): Promise<Plan> {
  const text = await readFile(path, "utf8");
  if (text.trim() === "") return fallback;
  const parsed = JSON.parse(text) as Partial<Plan>;
  const steps = (parsed.steps ?? []).filter((step) => step.enabled);
  return {
    id: parsed.id ?? fallback.id,
    steps: steps.length > 0 ? steps : fallback.steps,
    owner: parsed.owner,
    created: new Date(parsed.created ?? Date.now()),
  };
}

export function nextStep(plan: Plan, done: ReadonlySet<string>): Step | undefined {
  for (const step of plan.steps) {
    if (done.has(step.id)) continue;
    const open = step.needs.filter((need) => !done.has(need));
    const last = plan.steps.at(-1);
    if (last === step && open.length > 1) return undefined;
    if (open.length === 0) return step;
    if (open.length === 1 && open[0] === step.id) {
      throw new Error(\`"\${step.id}" waits for itself\`);
    }
  }
  return undefined;
}
`;

/** What is reported of a copy, as `line what`, beside an original in a package. */
function found(copy: string, files: Files = {}): readonly string[] {
  const workspace = workspaceOf({ ...projects, [core]: original, [own]: copy, ...files }, { ...mergeConfig("rawr-hq", {}), required: [] });
  return noDuplicateAuthority.run(workspace).problems.map(({ at, message }) => `${at.file}:${String(at.line)} ${message.split(" is ")[0] ?? ""}`);
}

const rewritten = (edit: (text: string) => string): string => edit(original);
const functionText = (name: string): string => /export (?:async )?function [\s\S]*?\n\}\n/gu.exec(original.slice(original.indexOf(name) - 30))?.[0] ?? "";

describe("a copy is found", () => {
  it.each<readonly [string, string]>([
    ["as it is", original],
    ["without its comments and blank lines", rewritten((text) => text.replace(/\n\n/gu, "\n"))],
    ["with comments", rewritten((text) => text.replace(/;\n/gu, "; // as before\n"))],
    ["with other quotes and without semicolons", rewritten((text) => text.replace(/"/gu, "'").replace(/;\n/gu, "\n"))],
    ["on fewer lines", rewritten((text) => text.replace(/\n {4}/gu, " "))],
    ["with its locals renamed", rewritten((text) => text.replace(/\btext\b/gu, "content").replace(/\bparsed\b/gu, "raw").replace(/\bopen\b/gu, "left"))],
    ["with its exports renamed", rewritten((text) => text.replace(/loadPlan/gu, "readRoadmap").replace(/nextStep/gu, "upcoming").replace(/PHASES/gu, "STAGES"))],
    ["with its types renamed", rewritten((text) => text.replace(/\bPlan\b/gu, "Roadmap"))],
    ["with its imports renamed", rewritten((text) => text.replace("{ readFile }", "{ readFile as load }").replace("await readFile", "await load"))],
    ["with its imports from elsewhere", rewritten((text) => text.replace("node:fs/promises", "fs/promises").replace("./step", "@acme/steps"))],
    ["as arrow functions", rewritten((text) => text.replace(/export (async )?function (\w+)(\(.*\)): ([^{]*) \{/gu, "export const $2 = $1$3: $4 => {"))],
    ["with braces around single statements", rewritten((text) => text.replace("return fallback;", "{ return fallback; }").replace("continue;", "{ continue; }"))],
    ["with another message", rewritten((text) => text.replace("waits for itself", "depends on itself"))],
    ["with a log line", rewritten((text) => text.replace("  const parsed", "  console.debug(path);\n  const parsed"))],
    ["in another order", `${functionText("nextStep")}${original.replace(functionText("nextStep"), "")}`],
    ["with readonly taken off", rewritten((text) => text.replace(/readonly /gu, ""))],
    ["with a type alias for the interface", rewritten((text) => text.replace("export interface Plan {", "export type Plan = {").replace("created: Date;\n}", "created: Date;\n};"))],
    ["below helpers of its own", `${original}\nexport const OWN = 1;\n`],
    ["that exports under a list", `${original.replace(/export (?=const|async|function|interface)/gu, "")}\nexport { PHASES, loadPlan, nextStep };\nexport type { Plan };\n`],
  ])("a module %s", (_how, copy) => {
    expect(found(copy)).toEqual([`${own}:1 This module`]);
  });

  it.each<readonly [string, string, string]>([
    ["one function", `const own = 1;\n${functionText("nextStep")}\nexport const other = own;\n`, `:2 The declaration "nextStep"`],
    ["a private one", functionText("nextStep").replace("export ", ""), ":1 The declaration"],
    ["one under another name", `export const more = [1, 2, 3];\n${functionText("nextStep").replace("nextStep", "following")}`, `The declaration "following"`],
    ["a default export", `${functionText("nextStep").replace("function nextStep", "default function")}\nexport const a = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];`, ":1 The"],
    ["a type", 'import type { Step } from "./step";\nexport type Road = { owner?: string; steps: Step[]; id: string; created: Date };\nexport const use = 1;', `:2 The type "Road"`],
    ["a list in another order", 'export const STAGES = new Set(["release", "merge", "review", "draft"]);', `:1 The vocabulary "STAGES"`],
    ["a list as union", 'export type Stage = "draft" | "review" | "merge" | "release";', `:1 The vocabulary "Stage"`],
    ["a list as enum", 'export enum Stage { Draft = "draft", Review = "review", Merge = "merge", Release = "release" }', `:1 The vocabulary "Stage"`],
    ["a list as object", 'export const Stage = { DRAFT: "draft", REVIEW: "review", MERGE: "merge", RELEASE: "release" } as const;', `:1 The vocabulary "Stage"`],
    ["a list as schema", 'import { z } from "zod";\nexport const stage = z.enum(["draft", "review", "merge", "release"]);', `:2 The vocabulary "stage"`],
    ["a list that satisfies plain texts", 'export const stages = ["draft", "review", "merge", "release"] satisfies readonly string[];', `:1 The vocabulary "stages"`],
    ["a list that its own type holds", 'import type { Kind } from "./kinds";\nexport const stages: Kind[] = ["draft", "review", "merge", "release"];', `:2 The vocabulary "stages"`],
  ])("of a module: %s", (_what, copy, expected) => {
    const all = found(copy);
    expect(all.join("\n")).toContain(expected);
    expect(all).toHaveLength(1);
  });
});

describe("none is seen", () => {
  it.each<readonly [string, string]>([
    ["in an adapter", 'export { loadPlan, nextStep } from "@acme/core/plan";'],
    ["in functions that forward", 'import { nextStep as next } from "@acme/core/plan";\nexport function nextStep(plan: never, done: ReadonlySet<string>) {\n  return next(plan, done);\n}'],
    ["in a list of fewer words", 'export const STAGES = ["draft", "review", "merge"];'],
    ["in a list of more words", 'export const STAGES = ["draft", "review", "merge", "release", "rework"];'],
    ["in a map whose texts are the words", 'export const NEXT = { first: "draft", second: "review", third: "merge", last: "release" };'],
    ["in a map from the words", 'export const LABELS = { draft: "Draft…", review: "In review", merge: "Merging", release: "Out" };'],
    ["in a list that the owner's type holds", 'import type { Kind } from "@acme/core";\nexport const ORDER: readonly Kind[] = ["release", "merge", "review", "draft"];'],
    ["in a list that satisfies the owner's type", 'import { type Kind } from "@acme/core";\nexport const ORDER = ["release", "merge", "review", "draft"] as const satisfies readonly Kind[];'],
    ["in a type of other types", 'import type { Phase } from "./phase";\nexport interface Road { id: string; steps: readonly Phase[]; owner?: string; created: Date }'],
    ["in a type with another member", "export interface Road { id: string; steps: readonly string[]; owner?: string; made: Date }"],
    ["in code of the same shape about other things", functionText("nextStep").replace(/steps|needs|has|id|filter/gu, (word) => `${word}Of`).replace("waits for itself", "is twice there")],
    ["in a name", "export function nextStep(): undefined {\n  return undefined;\n}"],
  ])("%s", (_where, copy) => {
    expect(found(copy)).toEqual([]);
  });

  it.each([
    "plugins/cli/tools/.storybook/plan.ts",
    "plugins/cli/tools/src/plan.mock.ts",
    "plugins/cli/tools/src/__mocks__/plan.ts",
    "plugins/cli/tools/migrations/2026-01-01/plan.ts",
    "plugins/cli/tools/fixtures/plan.ts",
    "plugins/cli/tools/plan.config.ts",
    "plugins/cli/tools/src/plan.gen.ts",
    "plugins/cli/tools/test/plan.ts",
    "packages/core/src/again.ts",
    "packages/other/src/plan.ts",
  ])("in %s", (path) => {
    expect(found("", { "packages/other/package.json": { name: "@acme/other" }, [path]: original })).toEqual([]);
  });
});

const record = (name: string, port: number, lines = ["x", "y"]): string =>
  `export const settings = {\n  name: "${name}",\n  kind: "${name}",\n  limits: { daily: ${String(port * 100)}, hourly: 10 },\n  hosts: ["a", "b", "c"],\n  retries: 3,\n  port: ${String(port)},\n  secure: true,\n  headers: { accept: "json", language: "en" },\n  fields: [{ key: "apiKey", type: "text" }, { key: "from", type: "text" }, { key: "to", type: "list" }],\n  footer: { lines: ${JSON.stringify(lines)} },\n};\n`;

describe("data", () => {
  const file = "packages/core/src/settings.ts";

  it("is a copy where it is the same", () => {
    expect(found(record("one", 1), { [file]: record("one", 1) })).toHaveLength(1);
  });

  it("is a copy where an entry was changed", () => {
    expect(found(record("one", 1), { [file]: record("one", 1, ["x", "z"]) })).toHaveLength(1);
  });

  it("is other data where it is about something else", () => {
    expect(found(record("one", 1), { [file]: record("two", 2) })).toEqual([]);
  });
});

describe("a class", () => {
  const controller = (path: string, call: string): string =>
    `import { Controller } from "framework";\n\n@Controller("${path}")\nexport class Bridge {\n  constructor(private readonly client: { handle(a: unknown, b: unknown): unknown; describe(a: unknown): unknown }) {}\n\n  async get(request: unknown, response: unknown) {\n    return this.client.handle(request, response);\n  }\n\n  async post(request: unknown, response: unknown) {\n    return this.client.handle(request, response);\n  }\n\n  async describe(request: unknown) {\n    ${call}\n  }\n}\n`;
  const file = "packages/core/src/bridge.ts";

  it("is glue where every method forwards", () => {
    const forwarding = controller("/x", "await this.client.describe(request);");
    expect(found(forwarding, { [file]: forwarding })).toEqual([]);
  });

  it("is code where one knows something itself", () => {
    const knowing = controller("/x", 'return this.client.describe({ request, at: "boundary", since: 2 });');
    expect(found(knowing, { [file]: knowing })).toHaveLength(1);
  });
});

describe("a crowd", () => {
  const variant = (index: number): string =>
    original.replace("waits for itself", `waits for itself (${String(index)})`).replace("open.length > 1", `open.length > ${String(index)}`).replace("parsed.id", `parsed.id${String(index)}`);
  const plugins = Array.from({ length: 60 }, (_, index) => `plugins/cli/tool-${String(index)}`);
  const crowd: Files = Object.fromEntries(
    plugins.flatMap((folder, index) => [
      [`${folder}/package.json`, { name: `@acme/tool-${String(index)}` }],
      [`${folder}/src/plan.ts`, variant(index)],
    ]),
  );

  it("of copies that were all edited is found at each of them", () => {
    expect(found("", crowd)).toHaveLength(plugins.length);
  });

  it("of copies that are the same is counted at each of them", () => {
    const same = Object.fromEntries(Object.entries(crowd).map(([path, text]) => [path, path.endsWith(".ts") ? original : text]));
    const problems = noDuplicateAuthority.run(workspaceOf({ ...projects, ...same }, { ...mergeConfig("rawr-hq", {}), required: [] })).problems;
    expect(problems.map(({ message }) => /there are (\d+) copies/u.exec(message)?.[1])).toEqual(plugins.map(() => "60"));
    expect(Math.max(...problems.map(({ related }) => related?.length ?? 0))).toBeLessThanOrEqual(8);
  });

  it("is found without an owner as well", () => {
    expect(found("", { ...crowd, [core]: "" })).toHaveLength(plugins.length);
  });
});
