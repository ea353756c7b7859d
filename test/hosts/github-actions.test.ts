import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { repository } from "./build.js";
import { Consumer } from "./consumer.js";
import type { Outcome } from "./command.js";

const workflow = z
  .object({
    permissions: z.record(z.string(), z.string()),
    jobs: z.object({
      "drift-guard": z.object({
        steps: z.array(
          z.object({
            name: z.string().optional(),
            run: z.string().optional(),
            uses: z.string().optional(),
            with: z.record(z.string(), z.unknown()).optional(),
          }),
        ),
      }),
    }),
  })
  .parse(parse(readFileSync(path.join(repository, "recipes/github-actions/drift-guard.yml"), "utf8")));
const { steps } = workflow.jobs["drift-guard"];

describe("the GitHub Actions recipe", () => {
  let consumer: Consumer;
  beforeEach(() => {
    consumer = new Consumer();
  });
  afterEach(() => {
    consumer.delete();
  });

  /** Runs a step's command as the runner does. */
  const runStep = (name: string): Outcome => {
    const command = steps.find((step) => step.name === name)?.run;
    if (command === undefined) throw new Error(`the workflow has no step "${name}"`);
    return consumer.run("bash", ["-e", "-c", command], { CI: "true", GITHUB_ACTIONS: "true" });
  };

  test("passes a clean workspace", () => {
    const { code, stdout } = runStep("Check");
    expect(stdout).not.toContain("::error");
    expect(code).toBe(0);
  });

  test("fails on drift and annotates it, and writes the SARIF file that it uploads", () => {
    consumer.edit("plugins/api/state/package.json", '"kind": "api"', '"kind": "web"');
    const check = runStep("Check");
    expect(check.code).toBe(1);
    expect(check.stdout).toMatch(/^::error file=plugins\/api\/state\/package.json,line=\d+,.*title=drift-guard\/no-kind-mismatch::/mu);

    runStep("Write SARIF");
    const upload = steps.find(({ uses }) => uses?.startsWith("github/codeql-action/upload-sarif@"));
    const file = consumer.at(String(upload?.with?.["sarif_file"]));
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, "utf8")).toContain('"ruleId": "drift-guard/no-kind-mismatch"');
    expect(workflow.permissions["security-events"]).toBe("write");
  });
});
