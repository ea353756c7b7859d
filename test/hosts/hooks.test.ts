import { chmodSync } from "node:fs";
import { afterEach, beforeEach, describe, expect } from "vitest";
import type { Outcome } from "./command.js";
import { testCommits } from "./commits.js";
import { commitAll, Consumer } from "./consumer.js";

/** How each hook runner is set up by the reader of its recipe. */
const runners: Readonly<Record<string, (consumer: Consumer) => Outcome>> = {
  lefthook(consumer) {
    consumer.takeRecipe("lefthook/lefthook.yml", "lefthook.yml");
    commitAll(consumer);
    return consumer.run("lefthook", ["install"]);
  },
  "husky and lint-staged"(consumer) {
    consumer.takeRecipe("husky/.husky/pre-commit", ".husky/pre-commit");
    consumer.takeRecipe("husky/lint-staged.config.js", "lint-staged.config.js");
    chmodSync(consumer.at(".husky/pre-commit"), 0o755);
    commitAll(consumer);
    return consumer.run("husky", []);
  },
};

describe.each(Object.entries(runners))("a commit under %s", (_, install) => {
  let consumer: Consumer;
  beforeEach(() => {
    consumer = new Consumer(["lefthook", "husky", "lint-staged"]);
    expect(install(consumer)).toMatchObject({ code: 0 });
  });
  afterEach(() => {
    consumer.delete();
  });

  testCommits(() => consumer);
});
