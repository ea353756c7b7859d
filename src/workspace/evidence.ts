import type { Path } from "../files/path.js";
import { isAddressUnder } from "./addresses.js";
import type { Claim } from "./evidence/claims.js";
import { TestReader, type Ground as ReaderGround } from "./evidence/reader.js";
import { spellsAddress, spellsOne, type Facet } from "./facets.js";
import type { Located, Workspace } from "./workspace.js";

/** What a live test proves of a path: that a request to it is accepted, or refused. */
export interface Evidence {
  readonly outcome: "reached" | "refused";
  readonly path: string;
  /** The test file. */
  readonly file: Path;
  /** Where the request is made. */
  readonly at: Located;
}

/** Answers what the tests prove of the paths under a prefix that a file mounts. */
export type EvidenceQuestion = (prefix: string, host: Path) => readonly Evidence[];

type Ground = ReaderGround & Pick<Workspace, "ledger" | "paths" | "facet" | "linksOf">;

/** Names without which a file holds no test. */
const holdsTests = spellsOne(["it", "test", "describe", "suite", "specify", "Deno"]);
/** How far the helpers that a test imports are looked at for the paths that they spell. */
const REACH = 3;
/** More modules than this no test is followed through. */
const MAX_MODULES = 4_000;
/** A refusal for the caller's sake. */
const REFUSALS: ReadonlySet<number> = new Set([401, 403, 404]);

/** Makes the question "what do tests that run prove about these paths?". */
export function evidenceOf(ground: Ground): EvidenceQuestion {
  const claimsOf = ground.ledger.memo((file: Path) => new TestReader(ground).tests(file).flatMap(({ claims }) => claims.map((claim) => ({ ...claim, file }))));
  const reachedFrom = ground.ledger.memo((file: Path) => modulesBehind(ground, file));
  const answer = ground.ledger.memo((question: string) => {
    const [prefix = "", host = ""] = question.split("\n");
    const spelled = spellsAddress([prefix]);
    const files = ground.paths.filter((path) => ground.isTest(path) && ground.facet(path, holdsTests) === true && mayRequest(ground, path, spelled));
    const claims = files.flatMap(claimsOf).filter(({ answer, file }) => answer.real && isAddressUnder(answer.path, prefix) && (!answer.inProcess || reachedFrom(file).has(host as Path)));
    const accepted = new Set(claims.filter(isAccepted).flatMap(({ answer }) => (answer.caller === undefined ? [] : [answer.caller])));
    return claims.flatMap((claim): readonly Evidence[] => {
      const outcome = isAccepted(claim) ? "reached" : isRefused(claim, accepted) ? "refused" : undefined;
      return outcome === undefined ? [] : [{ outcome, path: claim.answer.path.replaceAll("\0", "…"), file: claim.file, at: claim.answer.at }];
    });
  });
  return (prefix, host) => answer(`${prefix}\n${host}`);
}

/** The modules that a test loads: an app that answers in its process is made of them. */
function modulesBehind(ground: Ground, file: Path): ReadonlySet<Path> {
  const seen = new Set([file]);
  for (const path of seen) {
    if (seen.size > MAX_MODULES) break;
    for (const { to, typeOnly } of ground.linksOf(path)) if (to.kind === "file" && !typeOnly) seen.add(to.path);
  }
  return seen;
}

/** Whether a test or a module near it spells the end of a prefix. */
function mayRequest(ground: Ground, file: Path, spelled: Facet<boolean>): boolean {
  const seen = new Set([file]);
  let edge: readonly Path[] = [file];
  for (let depth = 0; depth <= REACH; depth += 1) {
    if (edge.some((path) => ground.facet(path, spelled))) return true;
    // Beyond the test's own code only what it imports itself can hold its paths.
    edge = edge.flatMap((path) => (depth > 0 && !ground.isTest(path) ? [] : ground.linksOf(path).flatMap(({ to }) => (to.kind === "file" && !seen.has(to.path) && seen.add(to.path).size > 0 ? [to.path] : []))));
  }
  return false;
}

function isAccepted({ accepts }: Claim): boolean {
  return accepts.size > 0 && [...accepts].every((status) => status >= 200 && status < 400);
}

/**
 * Whether a claim proves that a caller is refused.
 *
 * 404 says so only of a caller that is not among those who are let in: for them it means that there is nothing at this path.
 */
function isRefused({ accepts, answer }: Claim, accepted: ReadonlySet<string>): boolean {
  if (accepts.size === 0 || ![...accepts].every((status) => REFUSALS.has(status))) return false;
  return !accepts.has(404) || accepts.size > 1 || (answer.caller !== undefined && !accepted.has(answer.caller));
}
