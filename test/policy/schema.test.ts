import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadPolicy } from "../../src/policy/load.js";
import { ruleNames } from "../../src/policy/law.js";
import { presets } from "../../src/policy/presets.js";
import { configSchema } from "../../src/policy/schema.js";
import { faultsOf, withConfig } from "./workspace.js";

const validate = new Ajv({ allErrors: true }).compile(configSchema());

/** The documented example; paths and texts that it leaves open are filled in. */
const EXAMPLE = `{
  "$schema": "./node_modules/eslint-plugin-drift-guard/schema.json",
  "extends": "rawr-hq",
  "exclude": ["docs/_archive/**"],
  "layout": {
    "manifest": { "files": ["rawr.hq.ts"], "export": "rawrHqManifest", "mode": "composition", "entries": ["apps/server/src/**"] },
    "host": ["apps/server/src/**"],
    "layers": { "package": ["packages/*"], "plugin": ["plugins/*/*"], "app": ["apps/*"] },
    "pluginRoots": { "plugins/cli/*": "toolkit" },
    "packageless": false, "tests": ["**/*.test.*"], "generated": ["**/*.gen.*"]
  },
  "metadata": { "required": true, "kinds": ["toolkit"], "legacyKeys": ["templateRole"] },
  "routes": {
    "families": { "ingress": { "prefix": "/api/inngest", "audience": "runtime", "mountedIn": ["apps/server/src/rawr.ts"] } },
    "auxiliary": ["/health*"], "sharedClient": ["packages/orpc-client"], "verifiers": [], "gates": []
  },
  "composition": { "seams": ["orpc.router", "workflows.triggerRouter", "inngest"], "forbiddenInHost": ["implement"] },
  "authority": { "mayImport": { "plugin": ["package"] }, "adapters": [], "adapterPackages": ["packages/*-inngest"],
                 "duplicates": { "minLines": 12, "ignore": [] } },
  "convergence": { "bridges": [ { "path": "…", "owner": "…", "retireWhen": "…", "retireBy": "2026-12-01", "importers": ["…"] } ] },
  "rules": { "no-impure-manifest": "error" }
}`;

describe("the JSON schema and the parser are one", () => {
  test("the documented example pleases both", () => {
    expect(validate(JSON.parse(EXAMPLE))).toBe(true);
    expect(faultsOf(withConfig(EXAMPLE))).toEqual([]);
  });

  test.each(Object.entries(presets))("what preset %s says can be written in a config", (name, preset) => {
    const { required: _required, ...rest } = preset;
    const { layout, ...others } = rest;
    // What is empty cannot be written: there, leaving a key out says the same.
    const { manifest, host, ...places } = layout;
    const config =
      name === "none"
        ? { extends: name, layout: places, authority: others.authority, rules: others.rules }
        : { extends: name, ...others, layout: { ...places, manifest, host } };
    expect(validate(config), JSON.stringify(validate.errors)).toBe(true);
    expect(faultsOf(withConfig(JSON.stringify(config)))).toEqual([]);
  });

  test("every rule of the law has a severity", () => {
    for (const rule of ruleNames) {
      expect(validate({ rules: { [rule]: "warn" } })).toBe(true);
      expect(faultsOf(withConfig(JSON.stringify({ rules: { [rule]: "warn" } })))).toEqual([]);
    }
  });

  test.each([
    '{ "layouts": {} }',
    '{ "layout": { "host": "a" } }',
    '{ "layout": { "host": [] } }',
    '{ "rules": { "zzz": "off" } }',
    '{ "rules": { "no-deep-import": "on" } }',
    '{ "convergence": { "bridges": [{}] } }',
    '{ "routes": { "auxiliary": ["health"] } }',
  ])("neither takes %s", (config) => {
    expect(validate(JSON.parse(config))).toBe(false);
    expect(faultsOf(withConfig(config))).not.toEqual([]);
  });

  test("every key is described for the editor", () => {
    const undescribed: string[] = [];
    const visit = (schema: unknown, path: string): void => {
      if (typeof schema !== "object" || schema === null || !("properties" in schema)) return;
      for (const [key, property] of Object.entries(schema.properties ?? {})) {
        const described = typeof property === "object" && property !== null && "description" in property;
        if (!described && path !== "rules") undescribed.push(`${path}.${key}`);
        visit(property, key);
      }
    };
    visit(configSchema(), "");
    expect(undescribed).toEqual([]);
  });
});

const KEYS = `
  $schema extends exclude layout manifest files export mode entries host layers pluginRoots packageless tests
  generated metadata required kinds legacyKeys routes families prefix audience mountedIn auxiliary sharedClient
  composition seams authority mayImport duplicates minLines ignore convergence bridges path retireBy importers
  rules no-deep-import package rpc __proto__ constructor toString a/*
`
  .trim()
  .split(/\s+/u);

/** JSON that is near a config: its keys and words, and anything at all. */
const nearConfig = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.jsonValue(),
    fc.constantFrom("rawr-hq", "rawr-hq-shell", "none", "a/*", "!a", "tag:x", "/rpc", "error", "package", true, 3, ""),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie("value"), { maxKeys: 4 }),
  ),
})).value;

test("whatever JSON a config holds, there is a policy or a fault with a place in the text", () => {
  fc.assert(
    fc.property(nearConfig, fc.constantFrom(undefined, 2), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      const loaded = loadPolicy(withConfig(text));
      if ("policy" in loaded) return;
      expect(loaded.faults.length).toBeGreaterThan(0);
      for (const { message, file, span } of loaded.faults) {
        expect(file).toBe("drift-guard.config.json");
        expect(message).toMatch(/^[A-Z"][^]*\.$/u);
        expect(span?.[0]).toBeGreaterThanOrEqual(0);
        expect(span?.[1]).toBeGreaterThanOrEqual(span?.[0] ?? 0);
        expect(span?.[1]).toBeLessThanOrEqual(text.length);
      }
    }),
    { numRuns: 500 },
  );
});

test("whatever text a config holds, there is a policy or a fault", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'{}[]":,/* \r\n', "layout", "extends", "a", "1"), maxLength: 30 }), (text) => {
      const loaded = loadPolicy(withConfig(text));
      if ("faults" in loaded) for (const { span } of loaded.faults) expect(span?.[1]).toBeLessThanOrEqual(text.length);
    }),
  );
});
