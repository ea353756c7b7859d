import type { Policy } from "../policy/policy.js";
import type { Span } from "../facts/expression.js";
import { ANYTHING, type Reads } from "../workspace/ledger.js";
import type { Place, Workspace } from "../workspace/workspace.js";
import type { Finding } from "./finding.js";

export type FamilyName = "metadata" | "routes" | "composition" | "authority" | "convergence" | "guard";

/** A family of rules: one invariant, and the slice of the policy that its rules read. */
export interface Family<Slice> {
  readonly name: FamilyName;
  /** The invariant as one sentence. */
  readonly sentence: string;
  readonly slice: (policy: Policy) => Slice;
}

/** What a rule may ask. */
export interface Ask<Slice> {
  readonly workspace: Workspace;
  readonly policy: Slice;
  readonly found: Found;
}

/**
 * What another rule finds in the same workspace, by its name; undefined where there is no such rule, or it is the one that asks.
 *
 * @remarks For rules that watch drift-guard itself: whether an exception is still needed only the others know.
 */
export type Found = (rule: string) => readonly Finding[] | undefined;

/** The names between `{{` and `}}` of a message. */
export type Placeholders<Text extends string> = Text extends `${string}{{${infer Name}}}${infer Rest}` ? Name | Placeholders<Rest> : never;

/** Text to put in place of a range of one file. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** Another place that belongs to the finding, with what it contributes. */
export interface Related {
  readonly at: Place;
  readonly message: string;
}

/** A change that a person may choose; edits apply to the problem's own file. */
export interface Suggestion {
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** What a rule yields: a message by id with exactly the data that its text needs, at a place. */
export type Problem<Messages extends Record<string, string>, Help extends Record<keyof Messages, string> = Messages> = {
  [Id in keyof Messages & string]: {
    readonly message: Id;
    readonly data: Readonly<Record<Placeholders<Messages[Id]> | Placeholders<Help[Id]>, string>>;
    readonly at: Place;
    /** What the finding is about, stable when lines move: part of its identity. */
    readonly subject: string;
    readonly related?: readonly Related[];
    /** How what is found comes about, step by step: from where it is spelled to where it has its effect. */
    readonly chain?: readonly Related[];
    /** Safe without a person: applied by `--fix`. Edits apply to the problem's own file. */
    readonly fix?: readonly Edit[];
    readonly suggestions?: readonly Suggestion[];
  };
}[keyof Messages & string];

/** The kinds of files in which a rule's findings can stand. */
export type FindingLanguage = "source" | "package.json" | "config";

/** One invariant: what it looks at, and when that is a breach. */
export interface RuleDefinition<Slice, Subject, Messages extends Record<string, string>, Help extends Record<keyof Messages, string>> {
  /** Kebab-case id without prefix. */
  readonly name: string;
  readonly family: Family<Slice>;
  /** The invariant as a true sentence. */
  readonly summary: string;
  /** Architecture decisions of RAWR HQ that the rule comes from. */
  readonly decisions: readonly string[];
  readonly languages: readonly FindingLanguage[];
  readonly fixable: boolean;
  readonly severity: "warn" | "error";
  /** One per way to break it; `{{name}}` stands for data. */
  readonly messages: Messages;
  /** What to do, per message; may use the same data. */
  readonly help: Help;
  /** A finding of this rule means that the run is not to be trusted (exit 2). */
  readonly distrust?: boolean;
  /** Whether a directive comment or the baseline may silence it; left out, they may, unless it distrusts the run. */
  readonly suppressible?: boolean;
  /** Its subjects are what is to go, so that it is no sign of blindness when they become fewer. */
  readonly dwindling?: boolean;
  /** What the rule looks at, in order; their number is reported as `examined`. */
  subjects(ask: Ask<Slice>): Iterable<Subject>;
  check(subject: Subject, ask: Ask<Slice>): Iterable<Problem<Messages, Help>>;
}

/** A rule with its types closed over, as hosts and the engine see it. */
export interface Rule {
  readonly name: string;
  readonly family: Family<unknown>;
  readonly summary: string;
  readonly decisions: readonly string[];
  readonly languages: readonly FindingLanguage[];
  readonly fixable: boolean;
  readonly severity: "warn" | "error";
  readonly messages: Readonly<Record<string, string>>;
  readonly help: Readonly<Record<string, string>>;
  readonly distrust: boolean;
  readonly suppressible: boolean;
  readonly dwindling: boolean;
  /**
   * Runs the rule over the whole workspace; every message is rendered.
   *
   * @param earlier a run over the workspace as it was before: what it found stands where it rests on nothing that has changed
   */
  run(workspace: Workspace, found?: Found, earlier?: Earlier): RuleRun;
}

/** What a rule found, piece by piece. */
export interface RuleRun {
  /** What the rule's subjects rest on. */
  readonly reads: Reads;
  /** One for each subject that the rule looked at, in order. */
  readonly units: readonly Unit[];
  readonly problems: readonly RenderedProblem[];
}

/** What a rule found about one subject. */
export interface Unit {
  /** The subject, where it is a file; another means something in its own workspace only. */
  readonly file: string | undefined;
  readonly reads: Reads;
  readonly problems: readonly RenderedProblem[];
}

/** An earlier run, and which of what it rests on is still the same. */
export interface Earlier {
  readonly run: Pick<RuleRun, "reads" | "units">;
  stands(reads: Reads): boolean;
}

/** A problem whose message and help are text. */
export interface RenderedProblem {
  readonly messageId: string;
  /** What fills the holes of the message; hosts that render messages themselves need it. */
  readonly data: Readonly<Record<string, string>>;
  readonly message: string;
  readonly help: string;
  readonly at: Place;
  readonly subject: string;
  readonly related: readonly Related[];
  readonly chain: readonly Related[];
  readonly fix: readonly Edit[];
  readonly suggestions: readonly Suggestion[];
}

/**
 * Closes a definition into a rule.
 *
 * @param definition the invariant; `messages` must be literal texts so that data is typed to them
 */
export function defineRule<Slice, Subject, const Messages extends Record<string, string>, const Help extends Record<keyof Messages, string>>(
  definition: RuleDefinition<Slice, Subject, Messages, Help>,
): Rule {
  const rendered = (problem: Problem<Messages, Help>): RenderedProblem => ({
    messageId: problem.message,
    data: problem.data,
    message: render(definition.messages[problem.message] ?? problem.message, problem.data),
    help: render(definition.help[problem.message] ?? "", problem.data),
    at: problem.at,
    subject: problem.subject,
    related: problem.related ?? [],
    chain: problem.chain ?? [],
    fix: problem.fix ?? [],
    suggestions: problem.suggestions ?? [],
  });
  // A subject that is a text is the path of a file in any workspace.
  const isSubject = (file: string | undefined): file is Subject & string => file !== undefined;

  const run = (workspace: Workspace, found: Found = () => undefined, earlier?: Earlier): RuleRun => {
    const { ledger } = workspace;
    const ask: Ask<Slice> = {
      workspace,
      policy: definition.family.slice(workspace.policy),
      found: (rule) => {
        // What other rules find may change with anything.
        ledger.read(ANYTHING, "");
        return found(rule);
      },
    };
    const check = (subject: Subject): Unit => {
      const { answer, reads } = ledger.gather(() => Array.from(definition.check(subject, ask), rendered));
      return { file: typeof subject === "string" ? subject : undefined, reads, problems: answer };
    };
    const again = (unit: Unit, stands: Earlier["stands"]): Unit | undefined => {
      if (stands(unit.reads)) return unit;
      return isSubject(unit.file) ? check(unit.file) : undefined;
    };
    const kept = earlier?.stands(earlier.run.reads) === true ? earlier.run.units.map((unit) => again(unit, earlier.stands)) : [undefined];
    if (earlier !== undefined && kept.every((unit) => unit !== undefined)) return runOf(earlier.run.reads, kept);
    const { answer: subjects, reads } = ledger.gather(() => [...definition.subjects(ask)]);
    return runOf(reads, subjects.map(check));
  };
  const { distrust = false, suppressible = !distrust, dwindling = false } = definition;
  return { ...definition, distrust, suppressible, dwindling, run };
}

function runOf(reads: Reads, units: readonly Unit[]): RuleRun {
  return { reads, units, problems: units.flatMap(({ problems }) => problems) };
}

function render(text: string, data: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{(\w+)\}\}/gu, (hole, name: string) => data[name] ?? hole);
}
