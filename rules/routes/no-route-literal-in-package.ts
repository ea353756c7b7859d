import { defineRule } from "../../src/rule/rule.js";
import type { SpelledAddress } from "../../src/workspace/spelled-addresses.js";
import type { Located, Workspace } from "../../src/workspace/workspace.js";
import { familiesOf, isSharedClient, links, routes, stepAt, type RoutesSlice } from "./family.js";

/** Where the routes are is the host's to say; a package that spells them breaks when they move, and calls what it should be called by. */
export const noRouteLiteralInPackage = defineRule({
  name: "no-route-literal-in-package",
  family: routes,
  summary: "Packages and services do not spell the addresses of route families.",
  decisions: ["D-007", "D-014"],
  languages: ["source"],
  fixable: false,
  severity: "error",
  messages: {
    spelled: '{{owner}} spells "{{path}}" of the family {{family}} as {{use}}.',
  },
  help: {
    spelled: "Take the address as a parameter from the app or host that knows it, or use the shared client.",
  },

  subjects: ({ workspace, policy }) => workspace.paths.filter((path) => isJudged(path, policy, workspace)),

  *check(file, { workspace, policy }) {
    const families = familiesOf(policy);
    const owner = workspace.ownerOf(file)?.name ?? file;
    for (const { at, prefix, path, use, sent } of addressesIn(file, families.map((family) => family.prefix), workspace)) {
      const family = families.find((one) => one.prefix === prefix);
      // Where it is mounted there is another thing to say.
      if (family === undefined || workspace.mounts.some(({ pathAt }) => pathAt !== undefined && isInside(at, pathAt))) continue;
      yield { message: "spelled", data: { owner, path, family: family.name, use }, at: workspace.place(file, at.expression.span), subject: path, chain: links([stepAt(at, `it is "${path}" here`), ...(sent === undefined ? [] : [stepAt(sent, "the request is sent here")])], workspace) };
    }
  },
});

/** The addresses that a file spells, and its constants that other code uses as one. */
function addressesIn(file: Located["file"], prefixes: readonly string[], workspace: Workspace): readonly (SpelledAddress & { readonly sent?: Located })[] {
  const own = workspace.spelledAddresses(file, prefixes);
  const known = new Set(own.map(placeOf));
  const used = workspace.addressesTo(prefixes).flatMap(({ spelled, prefix, path, by, base, sent }) => {
    if (base === "external" || spelled.file !== file) return [];
    const address = { at: { file, expression: { kind: "string", value: path, span: spelled.span } }, prefix, path, use: `what \`${by}\` calls`, sent } as const;
    return known.has(placeOf(address)) || known.add(placeOf(address)).size === 0 ? [] : [address];
  });
  return [...own, ...used];
}

function isInside(inner: Located, outer: Located): boolean {
  return inner.file === outer.file && outer.expression.span[0] <= inner.expression.span[0] && inner.expression.span[1] <= outer.expression.span[1];
}

const LAYERS: ReadonlySet<string> = new Set(["package", "service", "resource"]);

function isJudged(path: Located["file"], policy: RoutesSlice, workspace: Workspace): boolean {
  return workspace.isJudged(path) && LAYERS.has(workspace.ownerOf(path)?.layer ?? "") && !isSharedClient(path, policy, workspace);
}

function placeOf({ at, prefix }: SpelledAddress): string {
  return `${at.file}:${at.expression.span.join("-")} ${prefix}`;
}
