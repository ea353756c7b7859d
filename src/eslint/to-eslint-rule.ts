import { ESLintUtils, type TSESLint } from "@typescript-eslint/utils";
import type { Edit, FindingLanguage, Rule } from "../rule/rule.js";
import { pageOf } from "../rule/page.js";
import type { Spot } from "./judgement.js";
import type { Answer, Session } from "./session.js";

/** A drift-guard rule as ESLint sees it. */
export type EslintRule = TSESLint.RuleModule<string, [], RuleDocs>;

interface RuleDocs {
  readonly family: string;
}

/**
 * The languages in ESLint's terms; ESLint 10 aborts a run in which a rule meets one that it does not declare. JSON files are of one
 * language in our presets, but may be of the other in a user's own configuration.
 */
const eslintLanguages: Readonly<Record<FindingLanguage, readonly string[]>> = {
  source: ["js/js"],
  "package.json": ["json/json", "json/jsonc"],
  config: ["json/json", "json/jsonc"],
};

/** Message ids that every rule has besides its own. */
const ownMessages = { untrusted: "{{message}}", suggestion: "{{title}}" };

/**
 * Turns an invariant into an ESLint rule.
 *
 * The syntax tree that ESLint brings is not looked at: the file's text goes to the session, which answers with the findings of the whole
 * workspace that stand in this file. So one rule serves every language and every parser.
 */
export function toEslintRule(rule: Rule, session: Session): EslintRule {
  const create = (context: Readonly<TSESLint.RuleContext<string, []>>): TSESLint.RuleListener => {
    const answer = session.ask(rule, {
      file: context.filename,
      cwd: context.cwd,
      text: context.sourceCode.text,
      lint: context.sourceCode,
    });
    if (answer.findings.length === 0 && answer.troubles.length === 0) return {};
    const report = (firstColumn: 0 | 1) => (): void => {
      for (const descriptor of reports(rule, answer, firstColumn)) context.report(descriptor);
    };
    // The root of the tree is a Program in JavaScript and TypeScript and a Document in JSON; they also count columns from 0 and 1.
    return { Program: report(0), Document: report(1) };
  };
  const described = ESLintUtils.RuleCreator<RuleDocs>(() => pageOf(rule))<[], string>({
    name: rule.name,
    meta: {
      type: "problem",
      docs: { description: rule.summary, family: rule.family.name },
      ...(rule.fixable ? { fixable: "code" as const } : {}),
      hasSuggestions: true,
      languages: [...new Set(rule.languages.flatMap((language) => eslintLanguages[language]))],
      messages: { ...rule.messages, ...ownMessages },
      schema: [],
      defaultOptions: [],
    },
    create,
  });
  // What typescript-eslint puts around it merges options for each rule and file, at a fifth of what all our answers take; there are none.
  return { ...described, create };
}

type Descriptor = TSESLint.ReportDescriptor<string>;

function* reports(rule: Rule, answer: Answer, firstColumn: 0 | 1): Iterable<Descriptor> {
  for (const trouble of answer.troubles) {
    yield { loc: locOf(trouble, firstColumn), messageId: "untrusted", data: { message: trouble.message } };
  }
  for (const finding of answer.findings) {
    yield {
      loc: locOf(finding, firstColumn),
      messageId: finding.messageId,
      data: finding.data,
      fix: rule.fixable && finding.fix.length > 0 ? fixer(finding.fix) : null,
      suggest: finding.suggestions.map(({ title, edits }) => ({ messageId: "suggestion", data: { title }, fix: fixer(edits) })),
    };
  }
}

function locOf(at: Spot, firstColumn: 0 | 1): TSESLint.AST.SourceLocation {
  const shift = 1 - firstColumn;
  return { start: { line: at.line, column: at.column - shift }, end: { line: at.endLine, column: at.endColumn - shift } };
}

function fixer(edits: readonly Edit[]): TSESLint.ReportFixFunction {
  return (fixes) => edits.map(({ span, text }) => fixes.replaceTextRange([span[0], span[1]], text));
}
