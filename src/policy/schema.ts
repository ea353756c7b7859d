import * as z from "zod";
import { globFault, isNegated } from "./glob.js";
import { ruleNames } from "./law.js";
import { presetNames, presets } from "./presets.js";

/*
 * The config file's grammar. It parses, it types, and the JSON schema for editors is made from it.
 *
 * Error texts are parts of sentences that `fault.ts` completes: for a wrong type the noun that was expected ("a list of globs"), for
 * an unknown key the keys that there are, for everything else what follows the key's name ("must not be empty").
 */

/** Where a workspace that installed the plugin finds the schema of its config. */
export const SCHEMA_PATH = "./node_modules/eslint-plugin-drift-guard/schema.json";

/** Separates the valid keys in the error text of an object. */
export const KEY_SEPARATOR = "\n";

/** An object that knows all its keys. */
function keys<Shape extends z.core.$ZodLooseShape>(shape: Shape, noun = "an object") {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? Object.keys(shape).join(KEY_SEPARATOR) : noun),
  });
}

/** A string that something else decides about. */
function text(noun: string, faultOf: (value: string) => string | undefined) {
  return z.string({ error: noun }).superRefine((value, context) => {
    const message = value === "" ? "must not be empty" : faultOf(value);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  });
}

/** A string of a certain form. */
function pattern(noun: string, form: RegExp, message: string) {
  return text(noun, (value) => (form.test(value) ? undefined : message)).meta({ pattern: form.source });
}

/** A list that stands for nothing when it is empty, so that emptying it would switch protection off unseen. */
function filled<Item extends z.core.SomeType>(item: Item, noun: string, one: string) {
  return z.array(item, { error: noun }).min(1, { error: `must name at least one ${one}; leave the key out to keep the preset's` });
}

const glob = text("a glob", globFault);
const plainGlob = text("a glob", (value) => (isNegated(value) ? "must not be negated here" : globFault(value)));
const folderGlob = text("a glob of project folders or a tag", (value) => {
  if (!value.startsWith("tag:")) return globFault(value);
  return value.length > "tag:".length ? undefined : 'must name a tag after "tag:"';
});

const globs = z.array(glob, { error: "a list of globs" }).superRefine(addsSomething);
const someGlobs = filled(glob, "a list of globs", "glob").superRefine(addsSomething);

function addsSomething(value: readonly string[], context: { addIssue(issue: { code: "custom"; message: string }): void }): void {
  if (value.length === 0 || value.some((entry) => !isNegated(entry))) return;
  context.addIssue({ code: "custom", message: "only takes away; name first what it takes away from" });
}

const word = pattern("a string", /^[\w$@./:-]+$/u, "must be one word");
const seam = pattern("a dotted path", /^[\w$-]+(?:\.[\w$-]+)*$/u, 'must be a dotted path into the manifest, like "orpc.router"');
const exportName = pattern("the name of an export", /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u, "must be the name of an export");
const callable = pattern("a name", /^(?:[^#\s]+#)?[\w$]+(?:\.[\w$]+)*$/u, 'must be "name" or "module#name"');
const callables = z.array(callable, { error: "a list of names" });
const routePrefix = pattern("a path", /^(?:\/[^/\s*]+)+$/u, 'must be a path like "/api/orpc", without "/" or "*" at its end');
const routePattern = pattern("a path", /^\/\S*$/u, 'must begin with "/"');
const layerOrAll = pattern("the name of a layer", /^(?:\*|[\w$@./:-]+)$/u, 'must be the name of a layer or "*"');

const date = pattern("a date", /^\d{4}-\d{2}-\d{2}$/u, 'must be a date like "2026-12-01"').superRefine((value, context) => {
  const time = Date.parse(`${value}T00:00:00Z`);
  const exists = !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
  if (/^\d{4}-\d{2}-\d{2}$/u.test(value) && !exists)
    context.addIssue({ code: "custom", message: `names a day that does not exist ("${value}")` });
});

const flag = z.boolean({ error: "true or false" });
const note = text("a string", () => undefined);

const hq = presets["rawr-hq"];
const family = hq.routes.families["ingress"];

const manifest = keys({
  files: filled(plainGlob, "a list of files", "file")
    .optional()
    .meta({ description: "Where the manifest stands.", default: hq.layout.manifest.files }),
  export: exportName.optional().meta({
    description: "The name that the manifest module exports: the manifest, or the factory that makes it.",
    default: hq.layout.manifest.export,
    examples: [hq.layout.manifest.export, presets["rawr-hq-shell"].layout.manifest.export],
  }),
  mode: z.enum(["composition", "declaration"]).optional().meta({
    description: '"composition": the manifest builds what the host mounts. "declaration": it only declares.',
    default: hq.layout.manifest.mode,
  }),
  entries: someGlobs.optional().meta({ description: "Modules that may import the manifest's value.", default: hq.layout.manifest.entries }),
}).meta({ description: "The composition authority." });

const layout = keys({
  manifest: manifest.optional(),
  host: someGlobs
    .optional()
    .meta({ description: "Host files, where routes are mounted; test files among them do not count.", default: hq.layout.host }),
  layers: z
    .record(
      text("the name of a layer", (name) => {
        if (name === "manifest" || name === "host") return `is taken; "layout.${name}" says which files these are`;
        return /^[\w$@./:-]+$/u.test(name) ? undefined : "must be one word";
      }),
      filled(folderGlob, "a list of globs or tags", "glob or tag").superRefine(addsSomething),
      { error: "an object of layers" },
    )
    .optional()
    .meta({
      description: 'Layer → globs of project folders, or "tag:<nx tag>". A project is in the first layer that it meets.',
      default: hq.layout.layers,
    }),
  pluginRoots: z
    .record(plainGlob, word, { error: "an object of globs" })
    .optional()
    .meta({ description: "Glob of plugin folders → the kind of plugin that lives there.", default: hq.layout.pluginRoots }),
  packageless: flag
    .optional()
    .meta({ description: "Whether a plugin may do without package.json (project.json only).", default: hq.layout.packageless }),
  tests: globs.optional().meta({ description: "Test code.", default: hq.layout.tests }),
  generated: globs.optional().meta({ description: "Generated files, which nobody can be asked to change.", default: hq.layout.generated }),
}).meta({ description: "Where things are." });

const metadata = keys({
  required: z
    .union([flag, z.literal("when-used")], { error: 'true, false or "when-used"' })
    .optional()
    .meta({
      description: 'Whether every plugin must carry rawr metadata; "when-used": as soon as one does.',
      default: hq.metadata.required,
    }),
  kinds: filled(word, "a list of kinds", "kind")
    .optional()
    .meta({ description: "The kinds of plugin that there are.", default: hq.metadata.kinds }),
  legacyKeys: filled(word, "a list of keys", "key")
    .optional()
    .meta({ description: "Metadata keys that mean nothing any more.", default: hq.metadata.legacyKeys }),
}).meta({ description: "Plugin metadata." });

const families = z
  .record(
    word,
    keys({
      prefix: routePrefix.optional().meta({ description: "The path below which the family lives.", examples: [family?.prefix] }),
      audience: z
        .enum(["first-party", "public", "workflow", "runtime"])
        .optional()
        .meta({ description: "Who calls it.", examples: [family?.audience] }),
      mountedIn: someGlobs.optional().meta({ description: "The only files that may mount it.", examples: [family?.mountedIn] }),
    }),
    { error: "an object of route families" },
  )
  .meta({
    description: "Route families by name. Those of the preset are merged key by key; a new one needs all three keys.",
    default: hq.routes.families,
  });

const routes = keys({
  families: families.optional(),
  auxiliary: z
    .array(routePattern, { error: "a list of paths" })
    .optional()
    .meta({ description: "Routes of no family that host files may mount.", default: hq.routes.auxiliary }),
  sharedClient: globs
    .optional()
    .meta({ description: "The package that owns the link to first-party routes.", default: hq.routes.sharedClient }),
  verifiers: callables.optional().meta({
    description: 'Signature verifiers of libraries, "name" or "module#name"; they add to what is recognised by meaning.',
    default: hq.routes.verifiers,
  }),
  gates: callables.optional().meta({
    description: 'Caller gates of libraries, "name" or "module#name"; they add to what is recognised by meaning.',
    default: hq.routes.gates,
  }),
}).meta({ description: "Route families and who may mount and call them." });

const composition = keys({
  seams: filled(seam, "a list of dotted paths", "seam")
    .optional()
    .meta({ description: "Dotted paths into the manifest that it must have.", default: hq.composition.seams }),
  forbiddenInHost: callables
    .optional()
    .meta({ description: 'What a host must not call, "name" or "module#name".', default: hq.composition.forbiddenInHost }),
}).meta({ description: "What the manifest owns." });

const authority = keys({
  mayImport: z
    .record(word, z.array(layerOrAll, { error: "a list of layers" }), { error: "an object of layers" })
    .optional()
    .meta({
      description:
        'Layer → layers that it may import; "manifest" and "host" are layers too, "*" is all of layout.layers. Not listed: everything.',
      default: hq.authority.mayImport,
    }),
  adapters: callables.optional().meta({
    description: 'Constructors and functions that make a concrete adapter, "name" or "module#name".',
    default: hq.authority.adapters,
  }),
  adapterPackages: globs.optional().meta({ description: "Packages that may construct adapters.", default: hq.authority.adapterPackages }),
  duplicates: keys({
    minLines: z
      .int({ error: "a whole number" })
      .min(1, { error: "must be at least 1" })
      .optional()
      .meta({ description: "Shorter modules and functions are never called copies.", default: hq.authority.duplicates.minLines }),
    ignore: globs
      .optional()
      .meta({ description: "Files that may be copies, such as mandated scaffolding.", default: hq.authority.duplicates.ignore }),
  })
    .optional()
    .meta({ description: "What counts as a copy." }),
}).meta({ description: "Who owns what is shared, and who may import whom." });

const bridge = keys({
  path: text("a path", (value) => (isNegated(value) ? "must not be negated here" : globFault(value))).meta({
    description: "The module that is the bridge.",
  }),
  owner: note.optional().meta({ description: "Who takes it down.", examples: ["@rawr-hq"] }),
  retireWhen: note.optional().meta({
    description: 'The condition: "no-importers", "no-importers-of <path>", "package <name>@<range>" or "file-gone <path>".',
    examples: ["no-importers"],
  }),
  retireBy: date.optional().meta({ description: "The last day.", examples: ["2026-12-01"] }),
  importers: globs.optional().meta({ description: "The only modules that may import it." }),
});

const convergence = keys({
  bridges: z
    .array(bridge, { error: "a list of bridges" })
    .optional()
    .meta({ description: "Compatibility bridges that cannot say for themselves when they go.", default: hq.convergence.bridges }),
}).meta({ description: "What is on its way out." });

const severity = z.enum(["off", "warn", "error"]);

/**
 * The config file as a schema.
 *
 * @param rules ids that `rules` may name
 */
export function configShape(rules: readonly string[]) {
  const severities: Record<string, z.ZodOptional<typeof severity>> = Object.fromEntries(rules.map((rule) => [rule, severity.optional()]));
  return keys({
    $schema: note.optional().meta({
      description: "Where editors find the schema of this file.",
      default: SCHEMA_PATH,
    }),
    extends: z.enum(presetNames).optional().meta({
      description: 'The preset to build on; detected by where the manifest stands when absent. "none": only what this file names counts.',
    }),
    exclude: z
      .array(glob, { error: "a list of globs" })
      .optional()
      .meta({
        description: 'Files that are never analysed, besides git-ignored ones and build output; "!" takes back.',
        default: hq.exclude,
        examples: [["docs/_archive/**"]],
      }),
    layout: layout.optional(),
    metadata: metadata.optional(),
    routes: routes.optional(),
    composition: composition.optional(),
    authority: authority.optional(),
    convergence: convergence.optional(),
    rules: keys(severities)
      .optional()
      .meta({ description: "Severity by rule.", examples: [{ "no-impure-manifest": "error" }] }),
  });
}

/** What a valid config file says. */
export type RawConfig = Unchanging<z.infer<ReturnType<typeof configShape>>>;

/** A plain value that nobody writes to. */
type Unchanging<Value> = Value extends object ? { readonly [Key in keyof Value]: Unchanging<Value[Key]> } : Value;

/** The JSON schema of the config file, for editors; objects merge with the preset, lists and single values replace it. */
export function configSchema(): object {
  const schema = z.toJSONSchema(configShape(ruleNames), { target: "draft-7", io: "input", reused: "inline" });
  return {
    ...schema,
    title: "drift-guard.config.json",
    description: "The repository as drift-guard sees it. Objects merge with the preset, lists and single values replace it.",
  };
}
