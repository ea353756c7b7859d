/** What makes a name one of something short-lived, whatever it names. */
const PASSING = "(?:compat(?:ibility)?|back-?compat|backwards?[- ]compat(?:ibility|ible)?|transitional|temporary|interim|stop-?gap|short-lived|migration|legacy)";

/** Things in code that can be called temporary or transitional; a temporary file or token is no such thing. */
const CODE_THING =
  "(?:adapter|adaptor|alias|api|bridge|code|component|contract|copy of \\S+|duplicate|endpoint|entry|entrypoint|entry point|export|facade|façade|fallback|fix|" +
  "forwarder|function|glue|hack|handler|helper|hook|implementation|indirection|integration|layer|mapping|measure|module|mount|output|patch|" +
  "placeholder|plumbing|polyfill|proxy|re-?export|route|router|scaffold(?:ing)?|seam|shim|solution|stand-?in|stub|surface|type|workaround|wrapper)";

/** Things that are compatibility's own. */
const COMPAT_THING =
  "(?:adapter|alias|bridge|code|entry|entrypoint|entry point|export|facade|façade|fallback|forwarder|glue|helper|layer|module|output|path|re-?export|route|shim|stub|surface|type|wrapper)";

/** What a bridge can join for good: such bridges are machinery, not leftovers. */
const MACHINERY =
  /\b(?:event|message|messaging|ipc|rpc|native|network|web-?socket|socket|async|sync|effect|signal|stream|queue|protocol|transport|audio|video|data|log|logging|telemetry|metrics|trace|tracing|process|worker|thread|electron|react|js|javascript|wasm|webview|dom|host|plugin|api|http|mqtt|bus|tool|mcp|type|framework|runtime|context|auth|database|db|storage|cli|editor|language|inngest|orpc|webhook|notification|command|module)\b[\s-]*$/iu;

/** Signs that what is joined is something old. */
const OLDEN =
  /\b(?:legacy|older?|former|previous(?:ly)?|pre-[a-z]+|deprecated|retir\w+|v\d+|until|migrat\w+|cut-?over|transition\w*|compat\w*|backwards?|phase \d+|still|historic(?:al)?|obsolete|outdated|earlier|superseded)\b/iu;

/** What may follow a name without making it part of a longer one, or the subject of a statement about others. */
const AFTER =
  "(?=\\s*(?:$|[.,;:!?()–—`]|-\\s|(?:for|from|to|into|between|over|around|of|on|in|with|that|which|who|so|until|while|because|used|kept|needed|left|made|retained|exported|in favou?r|as|and|by|during|after|when|once)\\b))";

const DETERMINER = "(?:(?:an?|the|our|its|one|just|only|sole|simply|merely|purely|another|small|thin|tiny)\\s+)*";
const MODIFIERS = "(?<before>(?:[\\w@/`'’.+-]+\\s+){0,5}?)";
const PASSING_NAME = `(?:${PASSING}[\\s/-]+(?<inner>(?:[\\w@/\`'’.+-]+\\s+){0,4}?)${CODE_THING}|compat(?:ibility)?[\\s-]+(?:only\\s+)?${COMPAT_THING}(?:s|es)?)`;
const BARE_NAME = "(?<bare>bridge|shim)";

/** How a sentence says what the code is: its name comes first, or after "this is", "kept as". */
const SELF =
  "^(?:(?:note|todo|fixme|hack|xxx|deprecated|legacy)\\b(?:\\([^)]*\\))?\\s*[:–—-]\\s*)?" +
  "(?:(?:this|these|it|the)\\s*(?:whole\\s+|entire\\s+)?(?:module|file|function|export|class|type|constant|package|entry|re-?export|component|code|const|interface|method|hook|route|alias)?s?\\s+" +
  "(?:is|are|exists?|remains?|stays?|lives|acts?|serves?|works?|provides?)\\s+(?:here\\s+|only\\s+|just\\s+|purely\\s+|still\\s+|currently\\s+|kept\\s+|left\\s+)*(?:as\\s+)?|" +
  "(?:kept|exists|exported|re-?exported|retained|remains|acts|serves|left|stays|provided|here)\\s+(?:here\\s+|only\\s+|just\\s+|purely\\s+|alive\\s+)*as\\s+)?";

const CALLS = new RegExp(`${SELF}${DETERMINER}(?:${MODIFIERS}(?:${PASSING_NAME}|${BARE_NAME}))${AFTER}`, "iu");

/** A statement about bridges in general, or about another one: its name is followed by what holds for it. */
const STATEMENT = /\b(?:must|may|should|shall|cannot|can't|never|calls|uses|imports|reads|owns|goes|handles|expects|depends|lives|belongs|is|are|was|were|has|have|will)\b/iu;
const CLAUSE = /[,.;:()–—]|\b(?:that|which|who|while|until|because|so|when|once|after)\b/iu;

/** The words of a sentence that deny or forbid. */
const DENIAL = /\b(?:not|no|never|isn't|aren't|without|neither|nor|instead of|rather than|must not|do not|don't|avoid)\b/iu;

/**
 * Whether prose calls the code that it heads a bridge, a shim, a compatibility or temporary or transitional something.
 *
 * @remarks It does so only where that name is what a sentence says the code is. A name that is part of a longer one ("bridge payload",
 * "event bridge"), the object of a verb, an item of a list, a prohibition or a statement about bridges calls nothing so.
 */
export function callsItselfBridge(prose: string): boolean {
  return sentencesOf(prose).some(isCalledSo);
}

/** Words that no name has inside. */
const BREAKS = /(?<!\S)(?:an?|the|by|with|for|of|to|from|in|on|at|as|and|or|than|that|which|is|are|this|these|its|our|their|every|each|any|all)(?!\S)/iu;

const IMPERATIVE =
  /^(?:use|add|remove|delete|see|call|import|replace|drop|avoid|prefer|keep|install|apply|load|create|build|make|return|find|check|test|wire|register|mount|resolve|detect|report|read|write|run|get|set|show|list|collect|define|declare|ensure|implement|configure|mark|flag)$/iu;

/** Whether the first word of a sentence is what is done: "Replaces …", "Use …". */
function isVerb(word: string): boolean {
  return IMPERATIVE.test(word) || /^[a-z]+[^su'’i]s$/iu.test(word);
}

function isCalledSo(sentence: string): boolean {
  const match = CALLS.exec(sentence);
  if (!match) return false;
  const { before = "", inner = "", bare } = match.groups ?? {};
  // With a verb or a preposition in between, the name is what something is done to, or stands beside.
  if (BREAKS.test(`${before} ${inner}`) || isVerb(before.trim().split(/\s/u)[0] ?? "")) return false;
  const named = match[0];
  if (DENIAL.test(named)) return false;
  const rest = sentence.slice(named.length);
  const [clause = ""] = rest.split(CLAUSE);
  const isOther = /^(?:the|an?|any|every|each|all|no)\b/iu.test(sentence) && STATEMENT.test(clause);
  if (isOther) return false;
  if (bare === undefined) return !/\b(?:compatible|like)\s*$/iu.test(before);
  // A shim is for something that will be there one day; a bridge may join two things for good.
  if (bare.toLowerCase() === "shim") return true;
  if (OLDEN.test(before)) return true;
  if (MACHINERY.test(before)) return false;
  const joins = /^\s*between\b/iu.test(rest);
  return before.trim() === "" && !joins ? true : OLDEN.test(sentence);
}

/** The sentences of a comment; headings, items of lists and code are none. */
function sentencesOf(prose: string): string[] {
  return paragraphsOf(prose).flatMap((paragraph) =>
    paragraph
      .split(/(?<=[.!?])\s+(?=[A-Z`"'(])/u)
      .map((sentence) => sentence.replace(/["“”]/gu, "").trim())
      .filter((sentence) => sentence !== "" && !sentence.endsWith(":") && !sentence.endsWith("?")),
  );
}

function paragraphsOf(prose: string): string[] {
  const paragraphs: string[] = [];
  let open = false;
  let inList = false;
  for (const line of prose.split(/\r\n|[\n\r\u2028\u2029]/u)) {
    const text = line.trim();
    if (text === "") open = inList = false;
    else if (/^(?:[-*•+]|\d+[.)])\s/u.test(text)) inList = true;
    else if (/:$/u.test(text)) {
      // A heading: what follows is about something of the code, not the code.
      open = false;
      inList = true;
    } else if (!inList) {
      if (open) paragraphs.push(`${paragraphs.pop() ?? ""} ${text}`);
      else paragraphs.push(text);
      open = true;
    }
  }
  return paragraphs;
}
