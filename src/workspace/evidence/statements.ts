import type { Statement } from "../../facts/expression.js";
import { declare, rowKey } from "./names.js";
import type { TestReader } from "./reader.js";
import { lift, NEVER, not, NOTHING, operate, primitive, some, truth, UNKNOWN, type Scope, type Value } from "./value.js";

type Loop = Extract<Statement, { kind: "loop" }>;
type Switch = Extract<Statement, { kind: "switch" }>;
type Try = Extract<Statement, { kind: "try" }>;

/** How a statement ends the statements around it; undefined where the next one follows. */
type Outcome = { readonly value: Value | undefined } | undefined;

const MAX_ROUNDS = 300;

/** Runs statements; the value that is returned, or undefined when the end is reached. */
export function runAll(reader: TestReader, statements: readonly Statement[], scope: Scope): Value | undefined {
  for (const [at, statement] of statements.entries()) {
    if (!reader.step()) return undefined;
    const rest = (): Value | undefined => runAll(reader, statements.slice(at + 1), scope);
    const outcome = runOne(reader, statement, scope, rest);
    if (outcome !== undefined) return outcome.value;
  }
  return undefined;
}

function runOne(reader: TestReader, statement: Statement, scope: Scope, rest: () => Value | undefined): Outcome {
  switch (statement.kind) {
    case "expression":
      return reader.evaluate(statement.expression, scope).kind === "never" ? { value: NEVER } : undefined;
    case "declare": {
      const value = declare(reader, statement.binding, scope);
      return value.kind === "never" ? { value } : undefined;
    }
    case "return":
      return { value: statement.value === undefined ? NOTHING : reader.evaluate(statement.value, scope) };
    case "throw":
      return { value: NEVER };
    case "if":
      return branch(reader, reader.evaluate(statement.test, scope), () => runAll(reader, statement.then, scope), () => runAll(reader, statement.else, scope), rest);
    case "loop":
      return runLoop(reader, statement, scope);
    case "block":
      return ended(runAll(reader, statement.body, scope));
    case "try":
      return runTry(reader, statement, scope);
    case "switch":
      return runSwitch(reader, statement, scope);
    case "break":
    case "continue":
      return { value: undefined };
    default:
      return undefined;
  }
}

function branch(reader: TestReader, test: Value, then: () => Value | undefined, otherwise: () => Value | undefined, rest: () => Value | undefined): Outcome {
  const is = truth(test);
  if (is !== undefined) return ended(is ? then() : otherwise());
  const [yes, no] = [then(), otherwise()];
  if (yes === undefined && no === undefined) return undefined;
  if (yes?.kind === "never" && no?.kind !== "never") {
    reader.claims.add(not(test));
    return ended(no);
  }
  if (no?.kind === "never") {
    reader.claims.add(test);
    return ended(yes);
  }
  const after = yes === undefined || no === undefined ? rest() : undefined;
  return { value: choose(test, yes ?? after ?? NOTHING, no ?? after ?? NOTHING) };
}

function runLoop(reader: TestReader, statement: Loop, scope: Scope): Outcome {
  runAll(reader, statement.init, scope);
  if (statement.each !== undefined) {
    const each = reader.evaluate(statement.each, scope);
    const rows = each.kind === "array" || each.kind === "set" ? each.items : each.kind === "object" ? [...each.members.keys()].map(primitive) : [UNKNOWN];
    const key = rowKey(statement.each);
    for (const row of rows.slice(0, MAX_ROUNDS)) {
      scope.rows.set(key, row);
      const value = runAll(reader, statement.body, scope);
      if (value !== undefined) return { value };
    }
    scope.rows.delete(key);
    return undefined;
  }
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const is = statement.test === undefined || (statement.once && round === 0) ? true : truth(reader.evaluate(statement.test, scope));
    if (is === false) return undefined;
    const value = runAll(reader, statement.body, scope);
    if (value !== undefined) return { value };
    if (statement.update !== undefined) reader.evaluate(statement.update, scope);
    if (is === undefined || statement.test === undefined || !reader.step()) return undefined;
  }
  return undefined;
}

function runSwitch(reader: TestReader, statement: Switch, scope: Scope): Outcome {
  const on = reader.evaluate(statement.on, scope);
  const isHit = statement.cases.map(({ test }) => (test === undefined ? undefined : truth(operate("===", on, reader.evaluate(test, scope)))));
  const hit = isHit.indexOf(true);
  const isDefault = isHit.every((is, at) => is === false || statement.cases[at]?.test === undefined);
  const chosen = hit >= 0 ? [hit] : isDefault ? [statement.cases.findIndex(({ test }) => test === undefined)] : statement.cases.map((_, at) => at);
  if (chosen.length === 1) return ended(runCase(reader, statement, chosen[0] ?? -1, scope));
  // It depends on the answer which case runs: one that throws says which answer there must not be.
  const ends = chosen.map((from) => runCase(reader, statement, from, scope));
  for (const [at, end] of ends.entries()) if (end?.kind === "never") reader.claims.deny(isCase(reader, statement, at, on, scope));
  return ends.every((end) => end !== undefined) ? { value: ends.find((end) => end?.kind !== "never") ?? NEVER } : undefined;
}

/** Runs a case, and those that it falls through to. */
function runCase(reader: TestReader, { cases }: Switch, from: number, scope: Scope): Value | undefined {
  if (from < 0) return undefined;
  for (const { body } of cases.slice(from)) {
    const value = runAll(reader, body, scope);
    if (value !== undefined) return value;
    if (body.some(({ kind }) => kind === "break")) break;
  }
  return undefined;
}

/** Whether a case is the one that is chosen, as a value. */
function isCase(reader: TestReader, { cases }: Switch, at: number, on: Value, scope: Scope): Value {
  const hits = cases.map(({ test }) => (test === undefined ? undefined : operate("===", on, reader.evaluate(test, scope))));
  return hits[at] ?? not(some(hits.filter((hit) => hit !== undefined)));
}

/** What fails inside of a `try` fails the test only where its handler passes the failure on. */
function runTry(reader: TestReader, statement: Try, scope: Scope): Outcome {
  const run = (): Value | undefined => runAll(reader, statement.block, scope);
  const { handler, finalizer } = statement;
  const value = handler === undefined || reader.failures.passesOn(scope.file, handler, statement.caught) ? run() : reader.claims.unheard(run);
  const caught = value?.kind === "never" && handler !== undefined ? runAll(reader, handler, scope) : value;
  const last = finalizer === undefined ? undefined : runAll(reader, finalizer, scope);
  return ended(last ?? caught);
}

function ended(value: Value | undefined): { readonly value: Value } | undefined {
  return value === undefined ? undefined : { value };
}

/** The value of a choice whose test is not known. */
export function choose(test: Value, yes: Value, no: Value): Value {
  return lift([test, yes, no], ([is = UNKNOWN, then = UNKNOWN, otherwise = UNKNOWN]) => {
    const known = truth(is);
    if (known !== undefined) return known ? then : otherwise;
    return then.kind === "never" ? otherwise : otherwise.kind === "never" ? then : UNKNOWN;
  });
}
