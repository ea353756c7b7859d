import { expect, test } from "vitest";
import type { Consumer } from "./consumer.js";

/** What a hook must do, whoever runs it. The consumer is one for each test, with the hook installed. */
export function testCommits(consumerOf: () => Consumer): void {
  const stage = (file: string): void => {
    expect(consumerOf().run("git", ["add", file])).toMatchObject({ code: 0 });
  };
  const commits = (): number => Number(consumerOf().run("git", ["rev-list", "--count", "HEAD"]).stdout);

  test("passes when it is clean", () => {
    consumerOf().write("packages/core/src/answer.ts", "export const answer = 42;\n");
    stage("packages/core/src/answer.ts");
    expect(consumerOf().commit()).toMatchObject({ code: 0 });
    expect(commits()).toBe(2);
  });

  test("is refused when it drifts, and says where", () => {
    consumerOf().edit("plugins/api/state/package.json", '"kind": "api"', '"kind": "web"');
    stage("plugins/api/state/package.json");
    const { code, output } = consumerOf().commit();
    expect(output).toMatch(/plugins\/api\/state\/package.json(?:.|\n)*drift-guard\/no-kind-mismatch/u);
    expect(code).not.toBe(0);
    expect(commits()).toBe(1);
  });

  test("is refused when it makes a breach of a file that it does not touch", () => {
    consumerOf().write("drift-guard.config.json", '{ "layout": { "pluginRoots": { "plugins/web/*": "agent" } } }\n');
    stage("drift-guard.config.json");
    const { code, output } = consumerOf().commit();
    expect(output).toMatch(/plugins\/web\/run-board\/package.json(?:.|\n)*drift-guard\/no-kind-mismatch/u);
    expect(code).not.toBe(0);
    expect(commits()).toBe(1);
  });
}
