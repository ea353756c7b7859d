import { expression } from "./expressions.js";
import { type Brief, entitiesOf, file, type Module, scopeOf } from "./module.js";
import { body, fn, indent, names } from "./statements.js";
import { action, camel, pascal, sentence, thing } from "./words.js";

/** A command line command with flags. */
export function commandModule(brief: Brief): Module {
  const { random } = brief;
  const name = brief.names.fresh([...action(random), "command"], pascal);
  const spelled = names();
  const flags = Array.from({ length: random.int(2, 6) }, () => ({
    name: spelled.fresh(thing(random), camel),
    sort: random.pick<"string" | "number" | "boolean">(["string", "number", "boolean"]),
    help: sentence(random),
  }));
  const scope = scopeOf(
    brief,
    flags.map((flag) => ({ name: `flags.${flag.name}`, sort: flag.sort })),
    true,
  );
  const factory = { string: "string", number: "integer", boolean: "boolean" };
  const lines = [
    `export class ${name} extends Command {`,
    `  static override description = ${JSON.stringify(sentence(random))};`,
    "",
    "  static override flags = {",
    ...flags.flatMap((flag) => [
      `    ${flag.name}: Flags.${factory[flag.sort]}({`,
      `      description: ${JSON.stringify(flag.help)},`,
      `      default: ${expression(scopeOf(brief, []), flag.sort, 0)},`,
      "    }),",
    ]),
    "  };",
    "",
    "  async run(): Promise<void> {",
    `    const { flags } = await this.parse(${name});`,
    "    const outcome = await this.#prepare(flags);",
    "    this.log(outcome);",
    "  }",
    "",
    `  async #prepare(flags: { ${flags.map((flag) => `${flag.name}: ${flag.sort}`).join("; ")} }): Promise<string> {`,
    ...indent(indent(body(scope, "string", Math.max(4, Math.min(30, brief.size - 22 - flags.length))))),
    "  }",
    "}",
    "",
  ];
  const helpers = scopeOf(brief, []);
  while (lines.length < brief.size - 10)
    lines.push(
      ...fn(helpers, brief.names, entitiesOf(brief.imports), Math.min(random.int(6, 30), brief.size - lines.length), "function").lines,
      "",
    );
  return { text: file(brief, lines, ['import { Command, Flags } from "@oclif/core";']), offers: [{ kind: "class", name }] };
}
