import { expect, onTestFinished, test } from "vitest";
import { Consumer } from "./consumer.js";

test("oxlint runs the rules over source files as a plugin in JavaScript", () => {
  const consumer = new Consumer(["oxlint"]);
  onTestFinished(() => consumer.delete());
  consumer.takeRecipe("oxlint/.oxlintrc.json", ".oxlintrc.json");
  expect(consumer.run("oxlint", ["packages"]).output).not.toContain("drift-guard");

  consumer.write("packages/core/src/role.ts", "export const role = (rawr: { templateRole?: string }) => rawr.templateRole;\n");
  const { code, output } = consumer.run("oxlint", ["packages"]);
  expect(output).toMatch(/drift-guard\(no-legacy-metadata-key\)/u);
  expect(output).toMatch(/packages\/core\/src\/role.ts:1:30/u);
  expect(code).toBe(1);
});
