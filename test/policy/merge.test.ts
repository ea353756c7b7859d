import { describe, expect, test } from "vitest";
import { presets } from "../../src/policy/presets.js";
import { inMemory, MANIFEST, policyOf, withConfig } from "./workspace.js";

describe("a config is laid over its preset", () => {
  const preset = presets["rawr-hq"];

  test("without a config the preset stands", () => {
    const policy = policyOf(inMemory({ "rawr.hq.ts": MANIFEST }));
    const { exclude, layout, metadata, routes, composition, convergence, rules } = preset;
    expect(policy).toMatchObject({ preset: "rawr-hq", exclude, layout, metadata, routes, composition, convergence, rules });
    expect(policy.configFile).toBeUndefined();
  });

  test("objects merge, lists and single values replace", () => {
    const policy = policyOf(
      withConfig(`{
        "exclude": ["rawr.hq.ts"],
        "layout": {
          "manifest": { "mode": "declaration" },
          "layers": { "package": ["libs/*"], "tool": ["tools/*"] },
          "pluginRoots": { "plugins/cli/*": "agent" }
        },
        "metadata": { "kinds": ["toolkit", "agent"] },
        "routes": { "families": { "rpc": { "prefix": "/internal" } }, "auxiliary": [] },
        "authority": { "mayImport": { "plugin": ["package"] }, "duplicates": { "minLines": 20 } },
        "rules": { "no-deep-import": "warn" }
      }`),
    );
    expect(policy.exclude).toEqual(["rawr.hq.ts"]);
    expect(policy.layout.manifest).toEqual({ ...preset.layout.manifest, mode: "declaration" });
    expect(policy.layout.layers).toEqual({ ...preset.layout.layers, package: ["libs/*"], tool: ["tools/*"] });
    expect(policy.layout.pluginRoots).toEqual({ ...preset.layout.pluginRoots, "plugins/cli/*": "agent" });
    expect(policy.metadata).toEqual({ ...preset.metadata, kinds: ["toolkit", "agent"] });
    expect(policy.routes.families).toEqual({ ...preset.routes.families, rpc: { ...preset.routes.families["rpc"], prefix: "/internal" } });
    expect(policy.routes.auxiliary).toEqual([]);
    expect(policy.authority.mayImport["plugin"]).toEqual(["package"]);
    expect(policy.authority.mayImport["app"]).toEqual(preset.authority.mayImport["app"]);
    expect(policy.authority.duplicates).toEqual({ minLines: 20, ignore: presets["rawr-hq"].authority.duplicates.ignore });
    expect(policy.rules).toEqual({ "no-exit-due-soon": "warn", "no-impure-manifest": "off", "no-deep-import": "warn" });
    expect(policy.configFile).toBe("drift-guard.config.json");
  });

  test('"*" stands for every layer, those of the config included', () => {
    const { mayImport } = policyOf(withConfig('{ "layout": { "layers": { "tool": ["tools/*"] } } }')).authority;
    const layers = ["package", "resource", "service", "plugin", "app", "tool"];
    expect(mayImport["manifest"]).toEqual(layers);
    expect(mayImport["host"]).toEqual([...layers, "host", "manifest"]);
  });

  test("a new family stands beside those of the preset", () => {
    const { families } = policyOf(
      withConfig(
        '{ "routes": { "families": { "events": { "prefix": "/events", "audience": "public", "mountedIn": ["apps/server/**"] } } } }',
      ),
    ).routes;
    expect(Object.keys(families)).toEqual(["ingress", "workflows", "rpc", "openapi", "events"]);
  });

  test("with none there is nothing that the config does not name", () => {
    const policy = policyOf(withConfig('{ "extends": "none", "layout": { "pluginRoots": { "addons/*": "addon" } } }', {}));
    expect(policy.metadata).toEqual({ required: false, kinds: ["addon"], legacyKeys: [] });
    expect(policy.layout.layers).toEqual({});
    expect(policy.routes.families).toEqual({});
    expect(policy.required.map(({ key }) => key)).toEqual(["layout.pluginRoots['addons/*']"]);
  });
});

describe("build output is never analysed", () => {
  test("it lies directly in a project; deeper folders of the same names are sources", () => {
    const { exclude } = policyOf(
      inMemory({
        "rawr.hq.ts": MANIFEST,
        "dist/index.js": "",
        "apps/web/package.json": "{}",
        "apps/web/.next/server/app.js": "",
        "apps/web/src/build/plan.ts": "",
        "packages/a [1]/project.json": "{}",
        "packages/a [1]/out/index.js": "",
        "tools/build/run.ts": "",
      }),
    );
    expect(exclude).toEqual(["apps/web/.next/**", "dist/**", String.raw`packages/a \[1\]/out/**`, ...presets["rawr-hq"].exclude]);
  });
});
