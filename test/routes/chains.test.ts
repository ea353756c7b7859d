import path from "node:path";
import type { Log } from "sarif";
import { describe, expect, it } from "vitest";
import { rules } from "../../rules/index.js";
import { render } from "../../src/reporters/render.js";
import { run } from "../../src/run.js";
import { runCli } from "../cli/run-cli.js";

const fixtures = path.resolve(import.meta.dirname, "../../fixtures");
const family = rules.filter((rule) => rule.family.name === "routes");

/** How a finding comes about, `file:line message` a link. */
function chainOf(rule: string, file: string): readonly string[] {
  const found = run({ root: path.join(fixtures, rule, "breach"), rules: [rule] }).findings.find((finding) => finding.file === file);
  return (found?.chain ?? []).map((link) => `${link.file}:${String(link.line)} ${link.message}`);
}

describe.each(family.map(({ name }) => name))("the findings of %s", (name) => {
  const report = run({ root: path.join(fixtures, name, "breach"), rules: [name] });
  const findings = report.findings.filter(({ rule }) => rule === name);

  it("each say how they come about", () => {
    expect(findings.filter(({ chain = [] }) => chain.length === 0).map(({ file, line }) => `${file}:${String(line)}`)).toEqual([]);
  });

  it("have the same links in SARIF", () => {
    const { runs } = JSON.parse(render("sarif", report, rules, { version: "1.0.0", color: false })) as Log;
    const flows = (runs[0]?.results ?? []).filter(({ ruleId }) => ruleId === `drift-guard/${name}`).map(({ codeFlows }) => codeFlows?.[0]?.threadFlows[0]?.locations ?? []);
    const links = flows.map((flow) => flow.map(({ location }) => `${location?.physicalLocation?.artifactLocation?.uri ?? ""}:${String(location?.physicalLocation?.region?.startLine)} ${location?.message?.text ?? ""}`));
    expect(links).toEqual(findings.map(({ chain = [] }) => chain.map(({ file, line, message }) => `${file}:${String(line)} ${message}`)));
  });
});

describe("a chain", () => {
  it.each([
    ["no-mount-reorder", "apps/server/src/app.ts", [
      "apps/server/src/orpc.ts:3 `RPC` is declared",
      'apps/server/src/orpc.ts:6 it is "/rpc" here',
      "apps/server/src/app.ts:8 this call leads to the mount",
      'apps/server/src/orpc.ts:6 "/rpc" is mounted here (app made by `elysia`)',
      'apps/server/src/rawr.ts:6 it is "/api/inngest" here',
      "apps/server/src/app.ts:9 this call leads to the mount",
      'apps/server/src/rawr.ts:6 "/api/inngest" is mounted here (app made by `elysia`)',
    ]],
    ["no-unprovable-mount", "apps/server/src/orpc.ts", [
      "apps/server/src/orpc.ts:11 `Date` is not known",
      "apps/server/src/orpc.ts:11 it is passed here",
      "apps/server/src/orpc.ts:4 `pathOf` returns it",
      "apps/server/src/app.ts:9 this call leads to the mount",
      "apps/server/src/orpc.ts:11 the path is mounted here",
    ]],
    ["no-wrong-transport", "apps/cli/src/status.ts", [
      "apps/cli/src/status.ts:3 the path is spelled here",
      "apps/cli/src/status.ts:3 this code says where the request goes",
      "apps/cli/src/http.ts:5 the request is sent here, by `axios.get`",
    ]],
    ["no-shared-trigger-router", "rawr.hq.ts", [
      "plugins/api/coordination/src/index.ts:6 it is made here",
      "rawr.hq.ts:4 what it returns",
      "rawr.hq.ts:8 `triggers`",
      "rawr.hq.ts:8 it is the workflows' trigger router here",
      "rawr.hq.ts:7 and the rpc router here",
    ]],
  ])("of %s leads from what is spelled to where it has its effect", (rule, file, links) => {
    expect(chainOf(rule, file)).toEqual(links);
  });

  it("is printed step by step by explain", async () => {
    const root = path.join(fixtures, "no-mount-reorder/breach");
    const { stdout } = await runCli(["explain", "apps/server/src/app.ts:8", "--root", root], { cwd: root });
    const steps = stdout.slice(stdout.indexOf("Step by step")).split("\n").slice(1, 8);
    expect(steps.map((line) => line.trim())).toEqual([
      "1. apps/server/src/orpc.ts:3:7  `RPC` is declared",
      '2. apps/server/src/orpc.ts:6:8  it is "/rpc" here',
      "3. apps/server/src/app.ts:8:3  this call leads to the mount",
      '4. apps/server/src/orpc.ts:6:41  "/rpc" is mounted here (app made by `elysia`)',
      '5. apps/server/src/rawr.ts:6:11  it is "/api/inngest" here',
      "6. apps/server/src/app.ts:9:3  this call leads to the mount",
      '7. apps/server/src/rawr.ts:6:3  "/api/inngest" is mounted here (app made by `elysia`)',
    ]);
  });
});
