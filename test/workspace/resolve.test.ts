import { describe, expect, test } from "vitest";
import { toPath } from "../../src/files/path.js";
import { layoutOf, resolved, type Files } from "./memory.js";

const workspace: Files = { "package.json": { name: "root", workspaces: ["packages/*", "apps/*"] } };

/** A workspace with package `@x/a` and an app that asks. */
function withPackage(packageJson: object, files: readonly string[], more: Files = {}): Files {
  return {
    ...workspace,
    "packages/a/package.json": { name: "@x/a", ...packageJson },
    ...Object.fromEntries(files.map((file) => [`packages/a/${file}`, ""])),
    "apps/main/package.json": { name: "@x/main" },
    ...more,
  };
}

const app = "apps/main/src/index.ts";

describe("relative specifiers", () => {
  test.each([
    ["./x.ts", ["x.ts"], "x.ts"],
    ["./x", ["x.ts", "x.js", "x/index.ts"], "x.ts"],
    ["./x", ["x.tsx"], "x.tsx"],
    ["./x", ["x.mts"], "x.mts"],
    ["./x", ["x.js", "x.d.ts"], "x.js"],
    ["./x", ["x.d.ts"], "x.d.ts"],
    ["./x", ["x/index.tsx"], "x/index.tsx"],
    ["./x/", ["x.ts", "x/index.ts"], "x/index.ts"],
    ["./x.js", ["x.ts"], "x.ts"],
    ["./x.js", ["x.tsx"], "x.tsx"],
    ["./x.js", ["x.js", "x.ts"], "x.js"],
    ["./x.js", ["x.js.ts"], "x.js.ts"],
    ["./x.jsx", ["x.tsx"], "x.tsx"],
    ["./x.mjs", ["x.mts"], "x.mts"],
    ["./x.cjs", ["x.cts"], "x.cts"],
    ["./x.mjs", ["x.cts"], undefined],
    ["./x.y", ["x.y.ts"], "x.y.ts"],
    ["./x.json", ["x.json"], "x.json"],
    ["./x.json", ["x.json.ts"], "x.json.ts"],
    ["./x.css", ["x.css"], "x.css"],
    ["./x.svg?react", ["x.svg"], "x.svg"],
    ["./x?worker&inline", ["x.ts"], "x.ts"],
    ["./my%20file.js", ["my file.ts"], "my file.ts"],
    ["./%zz", ["%zz.ts"], "%zz.ts"],
    ["./x.ts#part", ["x.ts"], "x.ts"],
    ["./c#/x", ["c#/x.ts", "c.ts"], "c#/x.ts"],
    ["./ä ö", ["ä ö.ts"], "ä ö.ts"],
    ["./X", ["x.ts"], undefined],
    ["./x", ["y.ts"], undefined],
    [".", ["index.ts"], "index.ts"],
    ["./", ["index.ts"], "index.ts"],
    ["./lib", ["lib/package.json", "lib/entry.ts"], undefined],
  ])("%s among %j: %s", (specifier, files, found) => {
    const layout = layoutOf(Object.fromEntries(["from.ts", ...files].map((file) => [`a/b/${file}`, "{}"])));
    expect(resolved(layout, "a/b/from.ts", specifier)).toBe(found === undefined ? "missing" : `a/b/${found}`);
  });

  test.each([
    ["..", "a/index.ts"],
    ["../", "a/index.ts"],
    ["../..", "index.ts"],
    ["../../b.js", "b.ts"],
    ["../../../b", "missing"],
    ["./../c/../index", "a/index.ts"],
    [String.raw`.\..\index`, "external .\\..\\index"],
    [String.raw`./..\index`, "a/index.ts"],
  ])("%s climbs to %s", (specifier, found) => {
    const layout = layoutOf({ "index.ts": "", "b.ts": "", "a/index.ts": "", "a/b/from.ts": "" });
    expect(resolved(layout, "a/b/from.ts", specifier)).toBe(found);
  });

  test("a folder's package.json names its entry", () => {
    const files = {
      "a/lib/package.json": { main: "entry", types: "entry.d.ts" },
      "a/lib/entry.js": "",
      "a/lib/entry.d.ts": "",
      "a/lib/index.ts": "",
    };
    expect(resolved(layoutOf(files), "a/from.ts", "./lib")).toBe("a/lib/entry.js");
    expect(resolved(layoutOf({ ...files, "a/lib/package.json": { main: "." } }), "a/from.ts", "./lib")).toBe("a/lib/index.ts");
    expect(resolved(layoutOf({ ...files, "a/lib/package.json": { exports: "./entry.js" } }), "a/from.ts", "./lib")).toBe("a/lib/entry.js");
  });

  test("what is missing says where it was looked for", () => {
    const resolution = layoutOf({ "a/from.ts": "" }).resolver.resolve(toPath("a/from.ts"), "./x.js");
    expect(resolution).toMatchObject({ kind: "missing", looked: expect.arrayContaining(["a/x.js", "a/x.ts", "a/x.tsx"]) as unknown });
  });

  test("into another package they are private unless its exports lead to the file", () => {
    const layout = layoutOf(
      withPackage({ exports: { ".": "./src/index.ts", "./ui/*": "./dist/ui/*.js" } }, [
        "src/index.ts",
        "src/inner.ts",
        "src/ui/button.tsx",
      ]),
    );
    expect(resolved(layout, app, "../../../packages/a/src/index.js")).toBe("packages/a/src/index.ts");
    expect(resolved(layout, app, "../../../packages/a/src/ui/button")).toBe("packages/a/src/ui/button.tsx");
    expect(resolved(layout, app, "../../../packages/a/src/inner")).toBe("private packages/a/src/inner.ts");
    expect(resolved(layout, "packages/a/src/index.ts", "./inner")).toBe("packages/a/src/inner.ts");
  });

  test("to an output lead to its source", () => {
    const layout = layoutOf(withPackage({}, ["src/index.ts"]));
    expect(resolved(layout, "packages/a/test/a.test.ts", "../dist/index.js")).toBe("packages/a/src/index.ts");
    expect(resolved(layout, app, "../../../packages/a/dist/index.js")).toBe("packages/a/src/index.ts");
  });

  test("through an installed folder they are the package's", () => {
    const layout = layoutOf(withPackage({ exports: "./src/index.ts" }, ["src/index.ts", "src/inner.ts"]));
    expect(resolved(layout, app, "../../../node_modules/@x/a/src/inner.ts")).toBe("private packages/a/src/inner.ts");
    expect(resolved(layout, app, "../node_modules/.pnpm/z@1/node_modules/z/x.js")).toBe("external z");
  });
});

describe("package names", () => {
  const sources = ["src/index.ts", "src/sub.ts", "src/deep/inner.ts", "src/deep/index.ts"];

  test.each([
    ["no entry at all", {}, "@x/a", "packages/a/src/index.ts"],
    ["main", { main: "./src/sub.ts" }, "@x/a", "packages/a/src/sub.ts"],
    ["main without extension or dot", { main: "src/sub" }, "@x/a", "packages/a/src/sub.ts"],
    ["main that a build makes", { main: "dist/sub.cjs", types: "dist/sub.d.ts" }, "@x/a", "packages/a/src/sub.ts"],
    ["source before main", { main: "dist/index.js", source: "src/sub.ts" }, "@x/a", "packages/a/src/sub.ts"],
    ["types alone", { types: "./src/sub.ts" }, "@x/a", "packages/a/src/sub.ts"],
    ["any subpath without exports", { main: "./src/index.ts" }, "@x/a/src/deep/inner.js", "packages/a/src/deep/inner.ts"],
    ["a built subpath without exports", {}, "@x/a/dist/deep/inner", "packages/a/src/deep/inner.ts"],
    ["exports as a text", { exports: "./src/sub.ts" }, "@x/a", "packages/a/src/sub.ts"],
    ["exports as conditions", { exports: { import: "./src/sub.ts" } }, "@x/a", "packages/a/src/sub.ts"],
    ["exports as a list", { exports: [{ browser: "./none.js" }, "./src/sub.ts"] }, "@x/a", "packages/a/src/sub.ts"],
    ["a subpath", { exports: { "./s": "./src/sub.ts" } }, "@x/a/s", "packages/a/src/sub.ts"],
    [
      "nested conditions",
      { exports: { ".": { node: { require: "./no.cjs", default: { bun: "./src/sub.ts" } } } } },
      "@x/a",
      "packages/a/src/sub.ts",
    ],
    [
      "the condition that has a source",
      { exports: { types: "./dist/x.d.ts", source: "./src/sub.ts", default: "./dist/index.js" } },
      "@x/a",
      "packages/a/src/sub.ts",
    ],
    ["a pattern", { exports: { "./*": "./src/*.ts" } }, "@x/a/deep/inner", "packages/a/src/deep/inner.ts"],
    ["a pattern with an end", { exports: { "./d/*.js": "./src/deep/*.ts" } }, "@x/a/d/inner.js", "packages/a/src/deep/inner.ts"],
    [
      "the closest pattern",
      { exports: { "./*": "./no/*.ts", "./deep/*": "./src/deep/*.ts" } },
      "@x/a/deep/inner",
      "packages/a/src/deep/inner.ts",
    ],
    ["a folder mapping", { exports: { "./d/": "./src/deep/" } }, "@x/a/d/inner.ts", "packages/a/src/deep/inner.ts"],
    ["a closed subpath", { exports: { "./*": "./src/*.ts", "./deep/*": null } }, "@x/a/deep/inner", "private packages/a/src/deep/inner.ts"],
    ["a path that is not offered", { exports: { ".": "./src/index.ts" } }, "@x/a/src/sub", "private packages/a/src/sub.ts"],
    ["a built path that is not offered", { exports: { ".": "./src/index.ts" } }, "@x/a/dist/sub.js", "private packages/a/src/sub.ts"],
    ["its package.json, not offered", { exports: { ".": "./src/index.ts" } }, "@x/a/package.json", "private packages/a/package.json"],
    ["nothing of that name", { exports: { ".": "./src/index.ts" } }, "@x/a/none", "missing"],
    ["a promise that nothing keeps", { exports: { "./gone": "./dist/gone.js" } }, "@x/a/gone", "missing"],
    ["an output that is named otherwise", { exports: { ".": "./dist/bundle.js" } }, "@x/a", "packages/a/src/index.ts"],
    ["a way out of the package", { exports: { "./*": "./src/*.ts" } }, "@x/a/../../../../x", "missing"],
    ["exports of a wrong type", { exports: 7 }, "@x/a/src/sub", "private packages/a/src/sub.ts"],
  ])("%s", (_, packageJson, specifier, found) => {
    expect(resolved(layoutOf(withPackage(packageJson, sources)), app, specifier)).toBe(found);
  });

  test.each([
    ["dist/index.js", "src/index.ts"],
    ["dist/index.d.ts", "src/index.ts"],
    ["dist/index.mjs", "src/index.ts"],
    ["dist/index.d.mts", "src/index.mts"],
    ["dist/index.cjs", "index.ts"],
    ["dist/esm/index.js", "src/index.tsx"],
    ["dist/src/index.js", "src/index.ts"],
    ["build/types/a/b.d.ts", "src/a/b.ts"],
    ["out/ui.js", "src/ui/index.tsx"],
    ["lib/cjs/x.js", "source/x.ts"],
    ["dist/style.css", "src/style.css"],
    ["esm/lib/x.js", "lib/x.ts"],
    ["compiled/x.js", undefined],
  ])("%s is built from %s", (target, source) => {
    const layout = layoutOf(withPackage({ exports: { "./x": `./${target}` } }, [source ?? "src/x/y.ts"]));
    expect(resolved(layout, app, "@x/a/x")).toBe(source === undefined ? "missing" : `packages/a/${source}`);
  });

  test("the compiler's folders say what an output is built from", () => {
    const tsconfig = { compilerOptions: { outDir: "compiled", rootDir: "code" } };
    const files = withPackage({ exports: "./compiled/x.js" }, ["code/x.ts", "src/x.ts"], { "packages/a/tsconfig.json": tsconfig });
    expect(resolved(layoutOf(files), app, "@x/a")).toBe("packages/a/code/x.ts");
  });

  test("an output that is there beats the source of another", () => {
    const layout = layoutOf(withPackage({ exports: { types: "./dist/x.d.ts", default: "./lib/x.js" } }, ["src/x.ts", "lib/x.js"]));
    expect(resolved(layout, app, "@x/a")).toBe("packages/a/lib/x.js");
  });

  test("a declaration counts only when nothing else is there", () => {
    expect(resolved(layoutOf(withPackage({ exports: { types: "./x.d.ts", default: "./x.js" } }, ["x.d.ts", "x.js"])), app, "@x/a")).toBe(
      "packages/a/x.js",
    );
    expect(resolved(layoutOf(withPackage({ exports: { types: "./x.d.ts", default: "./x.js" } }, ["x.d.ts"])), app, "@x/a")).toBe(
      "packages/a/x.d.ts",
    );
  });

  test("a package may use its own name", () => {
    const layout = layoutOf(withPackage({ exports: { ".": "./src/index.ts" } }, sources));
    expect(resolved(layout, "packages/a/test/a.test.ts", "@x/a")).toBe("packages/a/src/index.ts");
  });

  test("without a project of the name, a name is external, and missing in the workspace's own scope", () => {
    const layout = layoutOf(withPackage({}, sources));
    expect(resolved(layout, app, "inngest/next")).toBe("external inngest");
    expect(resolved(layout, app, "@orpc/server/fetch")).toBe("external @orpc/server");
    expect(resolved(layout, app, "@x/gone")).toBe("missing");
    expect(resolved(layout, app, "@x")).toBe("external @x");
    expect(resolved(layout, app, "@/components/x")).toBe("missing");
    expect(resolved(layout, app, "~/components/x")).toBe("missing");
  });

  test.each([
    ["^1.0.0", "external @x/published"],
    ["catalog:", "external @x/published"],
    ["npm:@x/published@2", "external @x/published"],
    ["github:somebody/published#1f2e3d", "external @x/published"],
    ["somebody/published", "external @x/published"],
    ["git+ssh://git@host.example/published.git", "external @x/published"],
    ["https://host.example/published.tgz", "external @x/published"],
    ["latest", "external @x/published"],
    ["workspace:*", "missing"],
    ["*", "missing"],
  ])("a dependency of %s in the own scope makes it %s", (range, found) => {
    const layout = layoutOf(
      withPackage({}, sources, { "apps/main/package.json": { name: "@x/main", dependencies: { "@x/published": range } } }),
    );
    expect(resolved(layout, app, "@x/published/sub")).toBe(found);
  });

  test("the root's dependencies count for all", () => {
    const root = { name: "root", workspaces: ["packages/*"], devDependencies: { "@x/published": "^1.0.0" } };
    expect(resolved(layoutOf({ ...withPackage({}, sources), "package.json": root }), app, "@x/published")).toBe("external @x/published");
  });

  test("a package.json has its name before a project that only Nx knows by it", () => {
    const nx = { "apps/a/project.json": { name: "@x/a" }, "apps/only/project.json": { name: "@x/only" }, "apps/only/src/index.ts": "" };
    const layout = layoutOf(withPackage({}, sources, nx));
    expect(resolved(layout, app, "@x/a")).toBe("packages/a/src/index.ts");
    expect(resolved(layout, app, "@x/only")).toBe("apps/only/src/index.ts");
  });

  test.each([
    ["catalog:", "0.0.0", "external tool"],
    ["^9.0.0", "0.0.0", "external tool"],
    ["^9.0.0", undefined, "external tool"],
    ["^9.0.0", "9.1.0", "apps/tool/src/index.ts"],
    ["workspace:*", "0.0.0", "apps/tool/src/index.ts"],
    ["workspace:^9.0.0", "0.0.0", "apps/tool/src/index.ts"],
    ["*", "0.0.0", "apps/tool/src/index.ts"],
    [undefined, "0.0.0", "apps/tool/src/index.ts"],
  ])("where an app is named after its tool, a dependency of %s beside version %s means %s", (range, version, found) => {
    const layout = layoutOf(
      withPackage({}, sources, {
        "apps/main/package.json": { name: "@x/main", ...(range !== undefined && { dependencies: { tool: range } }) },
        "apps/tool/package.json": { name: "tool", exports: "./src/index.ts", ...(version !== undefined && { version }) },
        "apps/tool/src/index.ts": "",
      }),
    );
    expect(resolved(layout, app, "tool")).toBe(found);
  });

  test("a project wins over a dependency that gives its name to something else", () => {
    const dependencies = { "@x/a": "npm:other@1.0.0" };
    const layout = layoutOf(withPackage({}, sources, { "apps/main/package.json": { name: "@x/main", dependencies } }));
    expect(resolved(layout, app, "@x/a")).toBe("packages/a/src/index.ts");
  });

  test.each([
    "workspace:@x/a@*",
    "npm:@x/a@^1.0.0",
    "link:../../packages/a",
    "file:../../packages/a",
    "portal:../../packages/a",
    "workspace:../../packages/a",
  ])("a package is found under the name that %s gives it", (range) => {
    const layout = layoutOf(
      withPackage({ exports: "./src/sub.ts" }, sources, {
        "apps/main/package.json": { name: "@x/main", dependencies: { innocent: range } },
      }),
    );
    expect(resolved(layout, app, "innocent")).toBe("packages/a/src/sub.ts");
    expect(resolved(layout, "packages/b/x.ts", "innocent")).toBe("external innocent");
  });

  test.each(["node:fs", "bun:sqlite", "https://x.y/z.js", "data:text/javascript,0", "virtual:routes", "file:///a/b.js"])(
    "%s is external",
    (specifier) => {
      expect(resolved(layoutOf(workspace), "x.ts", specifier)).toBe(`external ${specifier}`);
    },
  );

  test("a rooted path is the project's, then the workspace's, else nobody's", () => {
    const layout = layoutOf(withPackage({}, [], { "apps/main/src/x.ts": "", "scripts/y.ts": "" }));
    expect(resolved(layout, app, "/src/x.ts")).toBe("apps/main/src/x.ts");
    expect(resolved(layout, app, "/scripts/y.ts")).toBe("scripts/y.ts");
    expect(resolved(layout, app, "/etc/passwd")).toBe("external /etc/passwd");
  });
});

describe("#imports", () => {
  const imports = {
    "#x": "./src/x.ts",
    "#deep/*": { development: "./src/deep/*.ts", default: "./dist/deep/*.js" },
    "#built": "./dist/x.js",
    "#a": "@x/a",
    "#fs": { node: "node:fs", default: "./src/none.js" },
    "#closed": null,
  };
  const files = withPackage({ exports: "./src/index.ts" }, ["src/index.ts"], {
    "apps/main/package.json": { name: "@x/main", imports },
    "apps/main/src/x.ts": "",
    "apps/main/src/deep/y.ts": "",
    "apps/main/test/fixture/package.json": { imports: { "#x": "./z.ts" } },
    "apps/main/test/fixture/z.ts": "",
  });

  test.each([
    ["#x", app, "apps/main/src/x.ts"],
    ["#deep/y", app, "apps/main/src/deep/y.ts"],
    ["#built", app, "apps/main/src/x.ts"],
    ["#a", app, "packages/a/src/index.ts"],
    ["#fs", app, "external node:fs"],
    ["#closed", app, "missing"],
    ["#none", app, "missing"],
    ["#x", "packages/a/src/index.ts", "missing"],
    ["#x", "apps/main/test/fixture/from.ts", "apps/main/test/fixture/z.ts"],
  ])("%s from %s: %s", (specifier, from, found) => {
    expect(resolved(layoutOf(files), from, specifier)).toBe(found);
  });

  test("may be aliases of the compiler instead", () => {
    const tsconfig = { compilerOptions: { paths: { "#lib/*": ["./src/deep/*"] } } };
    expect(resolved(layoutOf({ ...files, "apps/main/tsconfig.json": tsconfig }), app, "#lib/y")).toBe("apps/main/src/deep/y.ts");
  });

  test("inside an Nx project that lies in a package are the package's own", () => {
    const nested = {
      ...workspace,
      "packages/a/package.json": { name: "@x/a", exports: {}, imports: { "#s": "./s.ts" } },
      "packages/a/s.ts": "",
      "packages/a/p/project.json": { name: "p" },
    };
    expect(resolved(layoutOf(nested), "packages/a/p/x.ts", "#s")).toBe("packages/a/s.ts");
  });
});
