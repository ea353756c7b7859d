import type { Cursor } from "../facts/cursor.js";
import type { Expression } from "../facts/expression.js";
import type { Path } from "../files/path.js";
import { isAddressUnder } from "./addresses.js";
import { addressOf, decisivePiece } from "./addresses/address.js";
import { Sighting, type Ground as SightGround } from "./addresses/sight.js";
import { Texts, type Text } from "./addresses/text.js";
import { spellsAddress } from "./facets.js";
import type { Located, Workspace } from "./workspace.js";

/** A place where code spells a path under a prefix as an address. */
export interface SpelledAddress {
  readonly at: Located;
  readonly prefix: string;
  readonly path: string;
  /** How it acts as one: in few words, to stand after "as". */
  readonly use: string;
}

/** Answers where a file spells paths under prefixes as addresses: arguments, values of address properties, texts put behind a base. */
export type SpelledAddressesQuestion = (path: Path, prefixes: readonly string[]) => readonly SpelledAddress[];

type Ground = SightGround & Pick<Workspace, "facet" | "cursors">;

const ADDRESS_KEYS: ReadonlySet<string> = new Set(["path", "url", "href", "prefix", "baseUrl", "baseURL", "prefixUrl", "endpoint", "uri", "pathname", "basePath", "pathPrefix", "action", "src", "to"]);
/** Calls that look at a text, print it or check it. */
const LOOKS_AT = /^(?:startsWith|endsWith|includes|indexOf|lastIndexOf|search|match|matchAll|test|exec|has|get|add|set|delete|equals?|split|replace|replaceAll|slice|log|info|warn|error|debug|trace|setAttributes?|label|tag|t|literal|enum|Set|Map|Error|\w+Error|RegExp|assert|invariant|describe)$/u;

/** Modules whose functions take paths of files, and commands. */
const FILE_MODULES = /^(?:(?:node:)?(?:path|fs|child_process)(?:\/\w+)?|pathe|upath|fs-extra|graceful-fs|tinyglobby|fast-glob|globby|glob|minimatch|picomatch|execa|zx)$/u;

export function spelledAddressesOf(ground: Ground): SpelledAddressesQuestion {
  const texts = new Texts(ground, new Sighting(ground));
  const answer = ground.ledger.memo((question: string) => {
    const [path = "", ...prefixes] = question.split("\n");
    return ground.facet(path as Path, spellsAddress(prefixes)) === true ? [...addressesIn(ground, texts, path as Path, prefixes)] : [];
  });
  return (path, prefixes) => (prefixes.length === 0 ? [] : answer([path, ...prefixes].join("\n")));
}

function* addressesIn(ground: Ground, texts: Texts, file: Path, prefixes: readonly string[]): Generator<SpelledAddress> {
  const seen = new Set<string>();
  for (const cursor of ground.cursors(file)?.all ?? []) {
    if (cursor.of !== "expression" || !/^(?:string|template|binary|reference|member)$/u.test(cursor.node.kind)) continue;
    if (isOfFiles(cursor, ground, file)) continue;
    const use = useOf(cursor);
    const isComposed = cursor.node.kind === "template" || (cursor.node.kind === "binary" && cursor.node.operator === "+");
    if (use === undefined && (!isComposed || isLookedAt(cursor))) continue;
    if (!maySpell(cursor.node, ground, file, prefixes)) continue;
    for (const text of texts.of({ file, expression: urlAround(cursor) ?? cursor.node })) {
      const address = addressOf(text);
      const prefix = address === undefined || address.base === "external" ? undefined : prefixes.find((one) => isAddressUnder(address.path, one));
      if (address === undefined || prefix === undefined) continue;
      if (use === undefined && !isOverBase(text)) continue;
      const piece = decisivePiece(text, ({ path }) => isAddressUnder(path, prefix));
      const at = piece?.at.file === file ? piece.at : { file, expression: cursor.node };
      const key = `${at.expression.span.join("-")} ${prefix}`;
      if (seen.has(key)) continue;
      seen.add(key);
      yield { at, prefix, path: address.path.replaceAll("\0", "…"), use: use ?? "what follows a base" };
    }
  }
}

/** Whether an expression can hold the end of a prefix by what is written in the file: most cannot, and following them costs more than looking. */
function maySpell(node: Expression, ground: Ground, file: Path, prefixes: readonly string[], depth = 4): boolean {
  const within = (inner: Expression): boolean => depth > 0 && maySpell(inner, ground, file, prefixes, depth - 1);
  switch (node.kind) {
    case "string":
      return prefixes.some((prefix) => node.value.includes(prefix.slice(prefix.lastIndexOf("/") + 1)));
    case "template":
      return node.parts.some((part) => (typeof part === "string" ? prefixes.some((prefix) => part.includes(prefix.slice(prefix.lastIndexOf("/") + 1))) : within(part)));
    case "binary":
    case "logical":
      return within(node.left) || within(node.right);
    case "conditional":
      return within(node.then) || within(node.else);
    case "default":
      return within(node.operand) || within(node.fallback);
    case "typed":
    case "await":
      return within(node.operand);
    case "member":
      return within(node.object);
    case "call":
      return within(node.callee) || node.arguments.some(({ value }) => within(value));
    case "object":
      return node.entries.some(({ value }) => within(value));
    case "array":
      return node.items.some(({ value }) => within(value));
    case "element":
      return within(node.of);
    case "reference": {
      const binding = ground.body(file)?.bindings[node.binding];
      if (binding?.import !== undefined) {
        const specifier = ground.source(file)?.imports[binding.import.index]?.specifier;
        return specifier?.kind === "string" && ground.resolve(file, specifier.value).kind === "file";
      }
      return binding?.kind === "enum" || (binding?.value !== undefined && within(binding.value));
    }
    default:
      return false;
  }
}

/** How an expression acts as an address where it stands; undefined when it does not. */
function useOf({ node, parent, role }: Cursor): string | undefined {
  if (parent?.of !== "expression") return undefined;
  const outer = parent.node;
  if ((outer.kind === "call" || outer.kind === "new") && role !== "callee") {
    const name = nameOf(outer.callee);
    return name !== undefined && LOOKS_AT.test(name) ? undefined : `an argument of \`${name ?? "a call"}\``;
  }
  if (outer.kind === "object" || outer.kind === "jsx") {
    const entries = outer.kind === "object" ? outer.entries : outer.attributes;
    const entry = entries.find((one) => one.value === node);
    const key = entry?.kind === "property" && entry.key.kind === "string" ? entry.key.value : undefined;
    return key !== undefined && ADDRESS_KEYS.has(key) ? `\`${key}\`` : undefined;
  }
  if (outer.kind === "assign" && outer.value === node && outer.target.kind === "member" && outer.target.key.kind === "string" && ADDRESS_KEYS.has(outer.target.key.value)) return `\`${outer.target.key.value}\``;
  // The choice between addresses, and what stands for one that is not given, act as it does.
  if ((outer.kind === "conditional" && outer.test !== node) || outer.kind === "logical" || outer.kind === "default" || outer.kind === "typed") return useOf(parent);
  return undefined;
}

/** Whether an expression is given to code that takes it for a file's path, or for a word of a command. */
function isOfFiles({ parent, role }: Cursor, ground: Ground, file: Path): boolean {
  if (parent?.of !== "expression" || parent.node.kind !== "call" || role === "callee") return false;
  const { callee } = parent.node;
  const root = callee.kind === "member" ? callee.object : callee;
  const from = root.kind === "reference" ? ground.body(file)?.bindings[root.binding]?.import : undefined;
  const specifier = from === undefined ? undefined : ground.source(file)?.imports[from.index]?.specifier;
  return specifier?.kind === "string" && FILE_MODULES.test(specifier.value);
}

/** The URL that a path is put behind a base in. */
function urlAround({ node, parent }: Cursor): Expression | undefined {
  const outer = parent?.of === "expression" ? parent.node : undefined;
  return outer?.kind === "new" && nameOf(outer.callee) === "URL" && outer.arguments.length > 1 && outer.arguments[0]?.value === node ? outer : undefined;
}

/** Whether an expression stands inside a call that only looks at it, or in a comparison or a message. */
function isLookedAt(cursor: Cursor): boolean {
  for (let at: Cursor | undefined = cursor; at !== undefined && at.of === "expression"; at = at.parent) {
    const { parent } = at;
    if (parent?.of !== "expression") return parent?.of === "statement" && parent.node.kind === "throw";
    const { node } = parent;
    if (node.kind === "binary" && node.operator !== "+") return true;
    if (node.kind === "call" || node.kind === "new") {
      const name = nameOf(node.callee);
      return name !== undefined && at.role !== "callee" && LOOKS_AT.test(name);
    }
    if (node.kind === "function") return false;
  }
  return false;
}

/** Whether a text begins with something that is not spelled, or with a host. */
function isOverBase([first, second]: Text): boolean {
  return second !== undefined && (first?.text === undefined || first.text.includes("://") || first.text === "");
}

function nameOf(node: Expression): string | undefined {
  if (node.kind === "global" || node.kind === "reference") return node.name;
  return node.kind === "member" && node.key.kind === "string" ? node.key.value : undefined;
}
