import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { rules } from "../rules/index.js";
import { configSchema } from "../src/policy/schema.js";
import type { Rule } from "../src/rule/rule.js";
import { runCli } from "./cli/run-cli.js";
import { pageFor, withFacts } from "./pages.js";

/* Files that are made from code. A stale one fails here; `pnpm generate` writes them anew. */

const STALE = "is stale: run `pnpm generate`";

test("schema.json", async () => {
  await expect(`${JSON.stringify(configSchema(), null, 2)}\n`, `schema.json ${STALE}`).toMatchFileSnapshot("../schema.json");
});

describe.each(rules.map((rule) => [rule.name, rule] as const))("%s.md", (name, rule) => {
  test("states the rule's facts", async () => {
    const page = pageFor(rule);
    await expect(withFacts(page, rule), `rules/${rule.family.name}/${name}.md ${STALE}`).toMatchFileSnapshot(page.file);
  });
});

test("rules/index.ts", async () => {
  await expect(indexOf(ruleFiles()), `rules/index.ts ${STALE}`).toMatchFileSnapshot("../rules/index.ts");
});

test("rules/README.md", async () => {
  await expect(overviewOf(rules), `rules/README.md ${STALE}`).toMatchFileSnapshot("../rules/README.md");
});

test("README.md", async () => {
  const cwd = path.resolve(import.meta.dirname, "..");
  const { stdout } = await runCli(["check", "--root", "fixtures/hq-drifted"], { cwd });
  const readme = readFileSync(path.join(cwd, "README.md"), "utf8");
  const shown = withRegion(readme, "demo", excerptOf(stdout));
  await expect(shown, `README.md ${STALE}`).toMatchFileSnapshot("../README.md");
});

/** A document with what stands between two marks replaced. */
function withRegion(document: string, name: string, content: string): string {
  const region = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`, "u");
  expect(document, `the marks of "${name}"`).toMatch(region);
  return document.replace(region, (_, open: string, close: string) => `${open}\n${content}\n\n${close}`);
}

/** How a long report begins and ends, as a code block. */
function excerptOf(report: string): string {
  const blocks = report.trimEnd().split(/\n{2,}/u);
  return ["```", ...blocks.slice(0, 1), "", "…", "", ...blocks.slice(-1), "```"].join("\n");
}

/** Rule files by family in the order of the law, then by name. */
function ruleFiles(): readonly { readonly family: string; readonly name: string }[] {
  const families = ["metadata", "routes", "composition", "authority", "convergence", "guard"];
  const root = path.resolve(import.meta.dirname, "../rules");
  return families
    .filter((family) => existsSync(path.join(root, family)))
    .flatMap((family) =>
      readdirSync(path.join(root, family))
        .filter((file) => file.endsWith(".ts") && file !== "family.ts")
        .sort()
        .map((file) => ({ family, name: file.slice(0, -".ts".length) })),
    );
}

function indexOf(files: ReturnType<typeof ruleFiles>): string {
  const constant = (name: string): string => name.replace(/-(\w)/gu, (_, letter: string) => letter.toUpperCase());
  return [
    'import type { Rule } from "../src/rule/rule.js";',
    ...files.map(({ family, name }) => `import { ${constant(name)} } from "./${family}/${name}.js";`),
    "",
    "/** Every rule, in the order of families and names. Generated: `pnpm generate`. */",
    "export const rules: readonly Rule[] = [",
    ...files.map(({ name }) => `  ${constant(name)},`),
    "];",
    "",
  ].join("\n");
}

function overviewOf(all: readonly Rule[]): string {
  const families = [...new Map(all.map(({ family }) => [family.name, family])).values()];
  return [
    "# Rules",
    "",
    "Generated: `pnpm generate`.",
    ...families.flatMap((family) => [
      "",
      `## ${family.name}`,
      "",
      family.sentence,
      "",
      "| rule | what holds | fix |",
      "|---|---|---|",
      ...all
        .filter((rule) => rule.family.name === family.name)
        .map((rule) => `| [${rule.name}](./${family.name}/${rule.name}.md) | ${rule.summary} | ${rule.fixable ? "yes" : ""} |`),
    ]),
    "",
  ].join("\n");
}
