import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: { name: "rooms", include: ["test/**/*.test.ts"], exclude: [...configDefaults.exclude, "test/hosts/**", "test/system/**"] },
      },
      {
        extends: true,
        // What runs the build sees to it that there is a fresh one.
        test: { name: "hosts", include: ["test/hosts/**/*.test.ts"], globalSetup: ["test/hosts/build.ts"] },
      },
    ],
  },
});
