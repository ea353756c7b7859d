import type { Path } from "../files/path.js";
import { addressOf, decisivePiece, type Address } from "./addresses/address.js";
import { isClientModule, REQUEST_NAMES, requestsIn, type RequestCall } from "./addresses/requests.js";
import { Sighting, type Ground as SightGround } from "./addresses/sight.js";
import { Texts, type Text } from "./addresses/text.js";
import { spellsAddress, spellsLike, spellsOne } from "./facets.js";
import type { Located, Step, Workspace } from "./workspace.js";

/** A call that addresses a path under a prefix of this system. */
export interface AddressedCall {
  /** Who calls: the file whose code decides where the request goes. */
  readonly caller: Path;
  /** What that code says: the argument, or the call that hands it on. */
  readonly at: Located;
  /** What sends the request: `fetch`, `RPCLink`, … */
  readonly by: string;
  readonly prefix: string;
  readonly path: string;
  readonly base: Address["base"];
  /** Where the path is spelled. */
  readonly spelled: Step;
  /** Where the request is sent, when that is other code. */
  readonly sent: Located;
}

/** Answers which calls address paths under prefixes, each call once for a prefix. */
export type AddressesQuestion = (prefixes: readonly string[]) => readonly AddressedCall[];

type Ground = SightGround & Pick<Workspace, "paths" | "facet" | "linksIn" | "isJudged">;

/** Makes the question "which code sends requests to these paths?"; tests and generated files are none of it. */
export function addressesOf(ground: Ground): AddressesQuestion {
  const sighting = new Sighting(ground);
  const texts = new Texts(ground, sighting);
  const answer = ground.ledger.memo((list: string) => {
    const prefixes = list.split("\n");
    const spelled = spellsAddress(prefixes);
    if (!ground.paths.some((path) => ground.facet(path, spelled))) return [];
    return ground.paths.filter((path) => maySend(ground, path)).flatMap((path) => [...requestsIn(ground, sighting, path)].flatMap((request) => addressed(request, texts, prefixes)));
  });
  return (prefixes) => (prefixes.length === 0 ? [] : dedupe(answer(prefixes.join("\n"))));
}

/** Whether a path lies under a prefix; a hole right after the prefix can only go on below it. */
export function isAddressUnder(path: string, prefix: string): boolean {
  const inner = path.split(/[?#]/u, 1).join("").replaceAll("\0", "/\0").split("/").filter((segment) => segment !== "");
  return prefix.split("/").filter((segment) => segment !== "").every((segment, at) => inner[at] === segment);
}

const spellsRequest = spellsOne([...REQUEST_NAMES]);
const makesClient = spellsLike(/^create\w*Client$/u);

function maySend(ground: Ground, path: Path): boolean {
  if (!ground.isJudged(path)) return false;
  return ground.facet(path, spellsRequest) === true || ground.facet(path, makesClient) === true || ground.linksIn(path).some(({ specifier }) => specifier !== undefined && isClientModule(specifier));
}

function addressed({ call, name, address, base }: RequestCall, texts: Texts, prefixes: readonly string[]): readonly AddressedCall[] {
  const bases: readonly Text[] = base === undefined ? [[]] : texts.of(base);
  return texts.of(address).flatMap((own) =>
    bases.flatMap((before) => {
      const text = joined(before, own);
      const found = addressOf(text);
      // The longest prefix is the family of a path.
      const prefix = found === undefined ? undefined : prefixes.filter((one) => isAddressUnder(found.path, one)).toSorted((a, b) => b.length - a.length)[0];
      if (found === undefined || prefix === undefined) return [];
      const piece = decisivePiece(text, ({ path }) => isAddressUnder(path, prefix)) ?? text.at(-1);
      if (piece === undefined) return [];
      const at = piece.caller === undefined ? { file: call.file, expression: address.file === call.file && isInside(address, call) ? address.expression : call.expression } : piece.caller;
      const { file, expression } = piece.at;
      return [{ caller: at.file, at, by: name, prefix, path: readable(found.path), base: found.base, spelled: { file, span: expression.span, note: "the path is spelled here" }, sent: { file: call.file, expression: call.expression } }];
    }),
  );
}

/** A path after what its client puts before it. */
function joined(before: Text, own: Text): Text {
  const address = addressOf(own);
  if (before.length === 0 || (address?.base === "external") || own[0]?.text?.includes("://") === true) return own;
  const [first, ...others] = own;
  const last = before.at(-1);
  if (first?.text === undefined || last?.text === undefined) return [...before, ...own];
  return [...before.slice(0, -1), { ...last, text: last.text.replace(/\/$/u, "") }, { ...first, text: `/${first.text.replace(/^\//u, "")}` }, ...others];
}

function isInside(inner: Located, outer: Located): boolean {
  return inner.expression.span[0] >= outer.expression.span[0] && inner.expression.span[1] <= outer.expression.span[1];
}

function readable(path: string): string {
  return path.replaceAll("\0", "…").replace(/[?#].*$/su, "");
}

/** One call that can go to several paths of a family is said once. */
function dedupe(calls: readonly AddressedCall[]): readonly AddressedCall[] {
  const seen = new Set<string>();
  return calls.filter(({ at, prefix }) => {
    const key = `${at.file}:${at.expression.span.join("-")} ${prefix}`;
    return !seen.has(key) && seen.add(key).size > 0;
  });
}
