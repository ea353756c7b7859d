import type { Random } from "../bench/workspace/random.js";

/** Texts that somebody is at work on, and what they were like at first. */
export interface Draft {
  readonly texts: Map<string, string>;
  readonly first: ReadonlyMap<string, string>;
}

/** An edit: what it did, and to which files. */
export interface Edit {
  readonly what: string;
  readonly texts: ReadonlyMap<string, string>;
}

const SOURCE = /\.[cm]?[jt]sx?$/u;
const STRING = /(["'`])((?:(?!\1)[^\\\n$])*)\1/gu;
const SPECIFIER = /(?:from|import|import\(|require\()\s*(["'])([^"'\n]+)\1/gu;
const WORD = /[A-Za-z_$][\w$]*/gu;

interface Hit {
  readonly at: number;
  readonly text: string;
}

function hits(text: string, pattern: RegExp, group: number): readonly Hit[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const found = match[group];
    return found === undefined ? [] : [{ at: match.index + match[0].indexOf(found, group === 0 ? 0 : 1), text: found }];
  });
}

function spliced(text: string, { at, text: old }: Hit, now: string): string {
  return text.slice(0, at) + now + text.slice(at + old.length);
}

/** Runs of lines that begin at the margin and end before the next that does. */
function blocks(text: string): readonly Hit[] {
  const found: Hit[] = [];
  let at = 0;
  for (const line of text.split(/(?<=\n)/u)) {
    const last = found.at(-1);
    if (/^[\s})\]]/u.test(line) && last !== undefined) found[found.length - 1] = { at: last.at, text: last.text + line };
    else found.push({ at, text: line });
    at += line.length;
  }
  return found;
}

type Maker = (text: string, random: Random, draft: Draft, file: string) => string | undefined;

/** A text that stands somewhere in the workspace, by how it is found. */
function borrowed({ texts }: Draft, random: Random, pattern: RegExp, group: number): string | undefined {
  const [, text = ""] = random.any([...texts].filter(([name]) => SOURCE.test(name))) ?? [];
  return random.any(hits(text, pattern, group))?.text;
}

function atLine(text: string, random: Random, added: string): string {
  const lines = text.split("\n");
  lines.splice(random.int(0, lines.length), 0, added);
  return lines.join("\n");
}

const TODAYS = ["2026-05-01", "2026-06-20", "2027-01-01"] as const;

/** The kinds of edits that people make, and some that only machines do. */
const makers: Readonly<Record<string, Maker>> = {
  "lines at the top": (text, random) => `${random.pick(["// A comment.\n", "\n", "\n\n\n", "/** Of the module. */\n"])}${text}`,
  "a comment somewhere": (text, random) => atLine(text, random, "// A comment."),
  "another specifier": (text, random, draft) => {
    const hit = random.any(hits(text, SPECIFIER, 2));
    const other = borrowed(draft, random, SPECIFIER, 2);
    return hit && other && spliced(text, hit, other);
  },
  "a bent specifier": (text, random) => {
    const hit = random.any(hits(text, SPECIFIER, 2));
    return hit && spliced(text, hit, random.pick([`${hit.text}/src/index`, hit.text.slice(0, -1), `${hit.text}.js`, hit.text.replace(/\.js$/u, ""), `./${hit.text}`, hit.text.replace(/^\.\//u, "../")]));
  },
  "another text": (text, random, draft) => {
    const hit = random.any(hits(text, STRING, 2));
    const other = borrowed(draft, random, STRING, 2);
    return hit && other !== undefined && !/["'`\n]/u.test(other) ? spliced(text, hit, other) : undefined;
  },
  "a bent text": (text, random) => {
    const hit = random.any(hits(text, STRING, 2));
    return hit && spliced(text, hit, random.pick([`${hit.text}x`, hit.text.slice(1), hit.text.replace(/\//u, ""), `/${hit.text}`, "templateRole", "/rpc", "/api/inngest", "/api/workflows", "capability", "rawr"]));
  },
  "another word": (text, random, draft) => {
    const hit = random.any(hits(text, WORD, 0));
    const other = random.chance(0.3) ? random.any(hits(text, WORD, 0))?.text : borrowed(draft, random, WORD, 0);
    return hit && other && spliced(text, hit, other);
  },
  "a word everywhere": (text, random) => {
    const hit = random.any(hits(text, WORD, 0));
    return hit && text.replaceAll(hit.text, `${hit.text}2`);
  },
  "no block": (text, random) => {
    const hit = random.any(blocks(text));
    return hit && spliced(text, hit, "");
  },
  "no line": (text, random) => {
    const lines = text.split("\n");
    lines.splice(random.int(0, lines.length - 1), 1);
    return lines.join("\n");
  },
  "a block twice": (text, random) => {
    const hit = random.any(blocks(text));
    return hit && `${text}\n${random.chance(0.5) ? hit.text : hit.text.replace(/\b(const|function|class|interface|type) (\w+)/u, "$1 $2Again")}`;
  },
  "a block moved": (text, random) => {
    const [one, other] = random.sample(blocks(text), 2);
    if (one === undefined || other === undefined) return undefined;
    const [low, high] = one.at < other.at ? [one, other] : [other, one];
    return spliced(spliced(text, high, low.text), low, high.text);
  },
  "blocks of another file": (text, random, { texts }) => {
    const [, other = ""] = random.any([...texts].filter(([name]) => SOURCE.test(name))) ?? [];
    const all = blocks(other);
    const from = random.int(0, all.length);
    return `${text}\n${all.slice(from, from + random.int(1, 6)).map((hit) => hit.text).join("")}`;
  },
  "the text of another file": (_text, random, { texts }) => random.any([...texts].filter(([name]) => SOURCE.test(name)))?.[1],
  generated: (text) => (text.includes("@generated") ? text.replace(/\/\/ @generated\n/u, "") : `// @generated\n${text}`),
  "an exception": (text, random) =>
    atLine(text, random, `${random.pick(["// eslint-disable-next-line", "/* eslint-disable", "// eslint-disable-line"])} ${random.pick(["drift-guard/no-legacy-metadata-key", "drift-guard/no-upward-import", "drift-guard/no-plugin-to-plugin-import", "drift-guard/no-ungated-rpc", "no-console", ""])}${random.pick(["", ` -- moves in #4 (owner: @core, until: ${random.pick(TODAYS)})`])} */`.replace(/^(\/\/.*) \*\/$/u, "$1")),
  "a bridge": (text, random) => `/**\n * @bridge Keeps the old name alive.\n * @owner @core\n * @retire-when ${random.pick(["no-importers", "issue-4"])}\n * @retire-by ${random.pick(TODAYS)}\n */\n${text}`,
  "all that another has": (text, random, draft) => `${text}\n${random.pick(["export *", "export * as all", 'export { one, two as default }', "import"])} from "${borrowed(draft, random, SPECIFIER, 2) ?? "./nowhere.js"}";\n`.replace(/^import from/mu, "import"),
  "less exported": (text, random) => {
    const hit = random.any(hits(text, /export (?=const|function|class|type|interface|async)/gu, 0));
    return hit && spliced(text, hit, "");
  },
  "more exported": (text, random) => {
    const hit = random.any(hits(text, /^(?:const|function|class|type|interface) /gmu, 0));
    return hit && spliced(text, hit, `export ${hit.text}`);
  },
  broken: (text, random) => {
    const at = random.int(0, text.length);
    return text.slice(0, at) + random.pick(["{", "}", "(", "`", '"', "/*", ";;", "<"]) + text.slice(at);
  },
  cut: (text, random) => text.slice(0, random.int(0, text.length)),
  "loaded late": (text, random, draft) => {
    const specifier = borrowed(draft, random, SPECIFIER, 2) ?? "elysia";
    const cut = random.int(0, specifier.length);
    const parts = `"${specifier.slice(0, cut)}" + "${specifier.slice(cut)}"`;
    const name = `late${String(random.int(0, 99))}`;
    return `${text}\n${random.pick([`const ${name} = ${parts};\nexport const load${name} = () => import(${name});`, `export const ${name} = (at: string) => import(at);\nvoid ${name}(${parts});`, `export const ${name} = () => require(${parts});`, `export const ${name} = import(process.env["X"] ?? ${parts});`])}\n`;
  },
  "a mount": (text, random) => `${text}\n${random.pick(['app.all("/rpc/x", () => 1);', 'app.mount("/api/inngest", handler);', 'app.use(new Elysia({ prefix: "/rpc" }).post("/y", () => 2));', 'for (const at of ["/rpc", "/api/workflows"]) app.get(at + "/z", () => 3);'])}\n`,
  "a key": (text, random) => `${text}\n${random.pick(["export const role = (plugin: any) => plugin.rawr.templateRole;", 'const K = "template" + "Role"; export const r2 = (plugin: any) => plugin.rawr[K];', 'export const TEMPLATE_ROLE = "templateRole";', "export const pick = (from: any, at: string) => from[at];"])}\n`,
};

const kinds = Object.keys(makers);

/** One edit, of one file mostly, of what matters to rules more often than not. */
export function edit(draft: Draft, random: Random, dear: readonly string[]): Edit {
  const { texts, first } = draft;
  const sources = [...texts.keys()].filter((name) => SOURCE.test(name));
  const file = (random.chance(0.35) ? random.any(dear.filter((name) => texts.has(name))) : undefined) ?? random.any(sources) ?? "";
  const text = texts.get(file) ?? "";
  const roll = random.next();
  if (roll < 0.12) {
    const old = random.any([...first].filter(([name, was]) => SOURCE.test(name) && texts.has(name) && texts.get(name) !== was));
    if (old !== undefined) return { what: `mend ${old[0]}`, texts: new Map([old]) };
  }
  if (roll < 0.16) {
    const other = random.any(sources) ?? file;
    return { what: `swap ${file} and ${other}`, texts: new Map([[file, texts.get(other) ?? ""], [other, text]]) };
  }
  const kind = random.any(kinds) ?? "";
  const now = makers[kind]?.(text, random, draft, file);
  return now === undefined || now.length > 200_000 ? edit(draft, random, dear) : { what: `${kind} in ${file}`, texts: new Map([[file, now]]) };
}
