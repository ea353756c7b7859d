import { defineConfig } from "vitest/config";

/** Tests that need programs from outside the npm registry; they install them where they are missing. */
export default defineConfig({
  test: {
    include: ["test/system/**/*.test.ts"],
    globalSetup: ["test/hosts/build.ts"],
    testTimeout: 60_000,
    hookTimeout: 600_000,
  },
});
