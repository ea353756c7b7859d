import { expression, literalString, type Scope, typeOf, withVariables } from "./expressions.js";
import { type Brief, callablesOf, file, type Module, scopeOf } from "./module.js";
import { anySort, names } from "./statements.js";
import { camel, kebab, sentence, thing } from "./words.js";

/** A test of what another module offers. */
export function testModule(brief: Brief): Module {
  const { random } = brief;
  const functions = callablesOf(brief.imports);
  const lines: string[] = [];
  const titles = names();
  do {
    const about = random.any(functions);
    lines.push(`describe(${JSON.stringify(titles.fresh([about?.name ?? kebab(thing(random))], (parts) => parts.join(" ")))}, () => {`);
    for (let left = random.int(1, 4); left > 0 && lines.length < brief.size; left -= 1) {
      const scope: Scope = { ...scopeOf(brief, [], true), callables: functions };
      const title = titles.fresh([sentence(random).toLowerCase()], (parts) => parts.join(" "));
      const setup = Array.from({ length: random.int(1, 6) }, () => ({
        name: camel(["given", ...thing(random), String(lines.length)]),
        sort: anySort(random, []),
      }));
      const distinct = [...new Map(setup.map((each) => [each.name, each])).values()];
      lines.push(`  it(${JSON.stringify(title)}, async () => {`);
      lines.push(...distinct.map((each) => `    const ${each.name}: ${typeOf(each.sort)} = ${expression(scope, each.sort, 1)};`));
      const inside = withVariables(scope, distinct);
      if (about === undefined) lines.push(`    expect(${expression(inside, "number", 1)}).toBeTypeOf("number");`);
      else
        lines.push(
          `    const outcome = ${about.async ? "await " : ""}${about.name}(`,
          ...about.parameters.map((sort) => `      ${expression(inside, sort, 1)},`),
          "    );",
          "    expect(outcome).toBeDefined();",
        );
      if (random.chance(0.5)) lines.push(`    expect(${expression(inside, "string", 1)}).not.toBe(${literalString(random)});`);
      lines.push("  });", "");
    }
    lines.push("});", "");
  } while (lines.length < brief.size - 10);
  return { text: file(brief, lines, ['import { describe, expect, it } from "vitest";']), offers: [] };
}
