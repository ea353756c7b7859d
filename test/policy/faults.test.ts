import { describe, expect, test } from "vitest";
import { toPath } from "../../src/files/path.js";
import { loadPolicy } from "../../src/policy/load.js";
import { faultsOf, inMemory, withConfig } from "./workspace.js";

/** A config with faults, and what the user sees of each: the text that is underlined, and the message. */
type Case = readonly [config: string, ...faults: (readonly [underlined: string, message: string])[]];

function unknownAtTop(key: string): string {
  const keys = '"$schema", "extends", "exclude", "layout", "metadata", "routes", "composition", "authority", "convergence" and "rules"';
  return `"${key}" is not a key of the config; there are ${keys}.`;
}

const keys: readonly Case[] = [
  ['{ "layouts": {} }', ['"layouts"', '"layouts" is not a key of the config (did you mean "layout"?).']],
  ['{ "Layout": {} }', ['"Layout"', '"Layout" is not a key of the config (did you mean "layout"?).']],
  ['{ "zzzzz": 1 }', ['"zzzzz"', unknownAtTop("zzzzz")]],
  ['{ "layout": { "manifset": {} } }', ['"manifset"', '"layout.manifset" is not a key of the config (did you mean "manifest"?).']],
  [
    '{ "metadata": { "some thing": 1 } }',
    ['"some thing"', '"metadata[\'some thing\']" is not a key of the config; "metadata" has "required", "kinds" and "legacyKeys".'],
  ],
  ['{ "exclude": ["rawr.hq.ts"], "exclude": ["rawr.hq.ts"] }', ['"exclude"', '"exclude" is there twice; keep one.']],
  [
    '{ "__proto__": {}, "layout": { "__proto__": 1 } }',
    ['"__proto__"', '"__proto__" cannot be a key.'],
    ['"__proto__"', '"layout.__proto__" cannot be a key.'],
  ],
  ['{ "constructor": {} }', ['"constructor"', unknownAtTop("constructor")]],
  ['{ "convergence": { "bridges": [{}] } }', ["{}", '"convergence.bridges[0]" needs "path".']],
  [`{ "${"long".repeat(100)}": 1 }`, [`"${"long".repeat(100)}"`, unknownAtTop(`${"long".repeat(100).slice(0, 79)}…`)]],
];

const types: readonly Case[] = [
  ["[]", ["[]", "The config must be an object, not a list."]],
  ["null", ["null", "The config must be an object, not null."]],
  ['"rawr-hq"', ['"rawr-hq"', 'The config must be an object, not "rawr-hq".']],
  ['{ "layout": "a" }', ['"a"', '"layout" must be an object, not "a".']],
  ['{ "layout": { "host": "apps/*" } }', ['"apps/*"', '"layout.host" must be a list of globs, not "apps/*".']],
  [
    '{ "layout": { "host": [3, null, {}] } }',
    ["3", '"layout.host[0]" must be a glob, not 3.'],
    ["null", '"layout.host[1]" must be a glob, not null.'],
    ["{}", '"layout.host[2]" must be a glob, not an object.'],
  ],
  ['{ "layout": { "packageless": "yes" } }', ['"yes"', '"layout.packageless" must be true or false, not "yes".']],
  ['{ "layout": { "layers": ["packages/*"] } }', ['["packages/*"]', '"layout.layers" must be an object of layers, not a list.']],
  ['{ "layout": { "pluginRoots": [] } }', ["[]", '"layout.pluginRoots" must be an object of globs, not a list.']],
  ['{ "metadata": { "required": "maybe" } }', ['"maybe"', '"metadata.required" must be true, false or "when-used", not "maybe".']],
  ['{ "authority": { "duplicates": { "minLines": 0 } } }', ["0", '"authority.duplicates.minLines" must be at least 1.']],
  ['{ "authority": { "duplicates": { "minLines": 1.5 } } }', ["1.5", '"authority.duplicates.minLines" must be a whole number, not 1.5.']],
  ['{ "convergence": { "bridges": [3] } }', ["3", '"convergence.bridges[0]" must be an object, not 3.']],
];

const words: readonly Case[] = [
  [
    '{ "extends": "rawr-hq-shel" }',
    ['"rawr-hq-shel"', '"extends" must be "rawr-hq", "rawr-hq-shell" or "none", not "rawr-hq-shel" (did you mean "rawr-hq-shell"?).'],
  ],
  ['{ "extends": "eslint" }', ['"eslint"', '"extends" must be "rawr-hq", "rawr-hq-shell" or "none", not "eslint".']],
  [
    '{ "rules": { "no-upwards-import": "error", "drift-guard/no-deep-import": "error", "zzz": "off" } }',
    ['"no-upwards-import"', '"rules.no-upwards-import" is not a rule of drift-guard (did you mean "no-upward-import"?).'],
    [
      '"drift-guard/no-deep-import"',
      '"rules[\'drift-guard/no-deep-import\']" is not a rule of drift-guard (did you mean "no-deep-import"?).',
    ],
    ['"zzz"', '"rules.zzz" is not a rule of drift-guard.'],
  ],
  [
    '{ "rules": { "no-upward-import": "eror", "no-deep-import": 2 } }',
    ['"eror"', '"rules.no-upward-import" must be "off", "warn" or "error", not "eror" (did you mean "error"?).'],
    ["2", '"rules.no-deep-import" must be "off", "warn" or "error", not 2.'],
  ],
  [
    '{ "layout": { "manifest": { "mode": "declarative" } } }',
    ['"declarative"', '"layout.manifest.mode" must be "composition" or "declaration", not "declarative" (did you mean "declaration"?).'],
  ],
  [
    '{ "layout": { "pluginRoots": { "plugins/x/*": "toolkt" } } }',
    [
      '"toolkt"',
      '"layout.pluginRoots[\'plugins/x/*\']" is of the kind "toolkt", which "metadata.kinds" does not list (did you mean "toolkit"?).',
    ],
  ],
  [
    '{ "layout": { "pluginRoots": { "plugins/x/*": "web" } }, "metadata": { "kinds": ["webb"] } }',
    ['"web"', '"layout.pluginRoots[\'plugins/x/*\']" is of the kind "web", which "metadata.kinds" does not list (did you mean "webb"?).'],
  ],
  [
    '{ "authority": { "mayImport": { "plugn": ["package"], "plugin": ["pakage", "*", "host"] } } }',
    ['"plugn"', '"authority.mayImport.plugn" names the layer "plugn", which "layout.layers" does not define (did you mean "plugin"?).'],
    [
      '"pakage"',
      '"authority.mayImport.plugin[0]" names the layer "pakage", which "layout.layers" does not define (did you mean "package"?).',
    ],
  ],
  ['{ "authority": { "mayImport": { "*": [] } } }', ['"*"', "\"authority.mayImport['*']\" must be one word."]],
  [
    '{ "routes": { "families": { "rpc": { "audience": "first-paty" } } } }',
    [
      '"first-paty"',
      '"routes.families.rpc.audience" must be "first-party", "public", "workflow" or "runtime", ' +
        'not "first-paty" (did you mean "first-party"?).',
    ],
  ],
  [
    '{ "layout": { "layers": { "host": ["a"], "a b": ["c"] } } }',
    ['"host"', '"layout.layers.host" is taken; "layout.host" says which files these are.'],
    ['"a b"', "\"layout.layers['a b']\" must be one word."],
  ],
];

const globs: readonly Case[] = [
  ['{ "layout": { "host": ["/abs"] } }', ['"/abs"', '"layout.host[0]" must be relative to the workspace root, not absolute ("/abs").']],
  ['{ "layout": { "host": ["C:/x"] } }', ['"C:/x"', '"layout.host[0]" must be relative to the workspace root, not absolute ("C:/x").']],
  ['{ "layout": { "host": ["a/../b"] } }', ['"a/../b"', '"layout.host[0]" must not leave the workspace root ("a/../b").']],
  ['{ "layout": { "host": ["a//b"] } }', ['"a//b"', '"layout.host[0]" must not have empty segments ("a//b").']],
  ['{ "layout": { "host": ["./a"] } }', ['"./a"', '"layout.host[0]" is relative to the workspace root already; write "a".']],
  [
    '{ "layout": { "host": ["a/"] } }',
    ['"a/"', '"layout.host[0]" must not end with "/"; write "a" for the folder or "a/**" for the files in it.'],
  ],
  [
    String.raw`{ "layout": { "host": ["a\\b"] } }`,
    [String.raw`"a\\b"`, String.raw`"layout.host[0]" must have "/" between folders, not "\" ("a\b").`],
  ],
  ['{ "layout": { "host": ["a["] } }', ['"a["', '"layout.host[0]" has a "[" without its partner ("a[").']],
  ['{ "layout": { "host": ["{a"] } }', ['"{a"', '"layout.host[0]" has a "{" without its partner ("{a").']],
  ['{ "layout": { "host": ["a)"] } }', ['"a)"', '"layout.host[0]" has a ")" without its partner ("a)").']],
  ['{ "layout": { "host": [""] } }', ['""', '"layout.host[0]" must not be empty.']],
  ['{ "layout": { "host": [" a"] } }', ['" a"', '"layout.host[0]" must not begin or end with a blank.']],
  ['{ "layout": { "host": [] } }', ["[]", '"layout.host" must name at least one glob; leave the key out to keep the preset\'s.']],
  ['{ "layout": { "host": ["!a"] } }', ['["!a"]', '"layout.host" only takes away; name first what it takes away from.']],
  ['{ "layout": { "manifest": { "files": ["!a"] } } }', ['"!a"', '"layout.manifest.files[0]" must not be negated here.']],
  [
    '{ "layout": { "pluginRoots": { "/a": "web" } } }',
    ['"/a"', '"layout.pluginRoots[\'/a\']" must be relative to the workspace root, not absolute ("/a").'],
  ],
  ['{ "layout": { "layers": { "lib": ["tag:"] } } }', ['"tag:"', '"layout.layers.lib[0]" must name a tag after "tag:".']],
  ['{ "exclude": ["**/{a,b"] }', ['"**/{a,b"', '"exclude[0]" has a "{" without its partner ("**/{a,b").']],
];

const forms: readonly Case[] = [
  ['{ "layout": { "manifest": { "export": "a-b" } } }', ['"a-b"', '"layout.manifest.export" must be the name of an export.']],
  [
    '{ "composition": { "seams": ["a..b"] } }',
    ['"a..b"', '"composition.seams[0]" must be a dotted path into the manifest, like "orpc.router".'],
  ],
  ['{ "composition": { "forbiddenInHost": ["a b"] } }', ['"a b"', '"composition.forbiddenInHost[0]" must be "name" or "module#name".']],
  ['{ "routes": { "auxiliary": ["health"] } }', ['"health"', '"routes.auxiliary[0]" must begin with "/".']],
  [
    '{ "routes": { "families": { "rpc": { "prefix": "rpc/*" } } } }',
    ['"rpc/*"', '"routes.families.rpc.prefix" must be a path like "/api/orpc", without "/" or "*" at its end.'],
  ],
  [
    '{ "routes": { "families": { "rpc": { "prefix": "/api/orpc" } } } }',
    ['"/api/orpc"', '"routes.families.rpc.prefix" is the prefix of the family "openapi" already.'],
  ],
  [
    '{ "routes": { "families": { "events": { "prefix": "/events" } } } }',
    ['"events"', '"routes.families.events" needs "audience".'],
    ['"events"', '"routes.families.events" needs "mountedIn".'],
  ],
  [
    '{ "convergence": { "bridges": [{ "path": "a", "retireBy": "soon" }, { "path": "b", "retireBy": "2026-02-30" }] } }',
    ['"soon"', '"convergence.bridges[0].retireBy" must be a date like "2026-12-01".'],
    ['"2026-02-30"', '"convergence.bridges[1].retireBy" names a day that does not exist ("2026-02-30").'],
  ],
  [
    '{ "convergence": { "bridges": [{ "path": "a" }, { "path": "a" }, { "path": "../x" }] } }',
    ['"a"', '"convergence.bridges[1].path" registers "a" again; "convergence.bridges[0].path" did.'],
    ['"../x"', '"convergence.bridges[2].path" must not leave the workspace root ("../x").'],
  ],
];

const EMPTY = 'The config file "drift-guard.config.json" holds no value; write at least "{}".';
const syntax: readonly Case[] = [
  ["", ["", EMPTY]],
  [" \r\n", [" \r\n", EMPTY]],
  ["// nothing yet\n", ["// nothing yet\n", EMPTY]],
  ["{", ["", 'The config file "drift-guard.config.json" is not valid JSON: A closing "}" was expected.']],
  ['{ "layouts" 1 }', ["1", 'The config file "drift-guard.config.json" is not valid JSON: A colon was expected after the property name.']],
];

describe.each([
  ["keys", keys],
  ["types", types],
  ["words", words],
  ["globs", globs],
  ["forms", forms],
  ["syntax", syntax],
] as const)("faults of %s", (_topic, cases) => {
  test.each(cases.map(([config, ...faults]) => ({ config, faults })))("$config", ({ config, faults }) => {
    expect(faultsOf(withConfig(config))).toEqual(faults.map(([underlined, message]) => `${underlined} → ${message}`));
  });
});

test("all faults are told at once, in the order of the text", () => {
  const config = `{
    "layot": {},
    "layout": { "host": [""], "layers": { "tool": ["tools/*"] } },
    "authority": { "mayImport": { "tool": ["pakage"] } }
  }`;
  expect(faultsOf(withConfig(config)).map((fault) => fault.split(" → ")[0])).toEqual(['"layot"', '""', '"pakage"']);
});

test("a rule that is not of the law may be named when the caller knows it", () => {
  const input = withConfig('{ "rules": { "my-rule": "warn" } }');
  expect(faultsOf(input)).toEqual(['"my-rule" → "rules.my-rule" is not a rule of drift-guard.']);
  expect(faultsOf({ ...input, ruleNames: ["my-rule"] })).toEqual([]);
});

describe("a config file that cannot be taken in", () => {
  test("is not there", () => {
    const loaded = loadPolicy({ ...inMemory({}), configFile: toPath("ci/guard.json") });
    expect(loaded).toEqual({ faults: [{ message: 'The config file "ci/guard.json" is not there or cannot be read.' }] });
  });

  test("is there and unreadable", () => {
    const file = toPath("drift-guard.config.json");
    expect(loadPolicy({ paths: [file], read: () => undefined })).toEqual({
      faults: [{ message: 'The config file "drift-guard.config.json" cannot be read.', file }],
    });
  });

  test("is no JSON file", () => {
    const input = { ...inMemory({ "guard.ts": "export const x = 1;" }), configFile: toPath("guard.ts") };
    expect(faultsOf(input, "guard.ts")).toEqual([' → The config file "guard.ts" must be a JSON file.']);
  });
});

test("comments, trailing commas and CRLF are fine", () => {
  expect(faultsOf(withConfig('// why\r\n{\r\n  /* here */ "exclude": [ "rawr.hq.ts", ],\r\n}\r\n'))).toEqual([]);
});

test("depth is no trouble", () => {
  const deep = 2_000;
  expect(faultsOf(withConfig(`{ "layout": { "host": [${"[".repeat(deep)}${"]".repeat(deep)}] } }`))).toEqual([
    `${"[".repeat(deep)}${"]".repeat(deep)} → "layout.host[0]" must be a glob, not a list.`,
  ]);
});
