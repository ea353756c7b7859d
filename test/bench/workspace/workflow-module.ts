import { type Variable, withVariables } from "./expressions.js";
import { type Brief, file, type Module, scopeOf } from "./module.js";
import { body, entity, indent, interfaceOf, names, typeName } from "./statements.js";
import { action, camel, kebab, noun, thing } from "./words.js";

/** A durable function and the steps that it runs. */
export function workflowModule(brief: Brief): Module {
  const { random } = brief;
  const job = action(random);
  const name = brief.names.fresh([...job, "workflow"], camel);
  const payload = entity(random, typeName(random, brief.names));
  const scope = scopeOf(brief, [{ name: "payload", sort: { record: payload } }], true);
  const lines = [
    ...interfaceOf(payload),
    "",
    `export const ${name} = inngest.createFunction(`,
    "  {",
    `    id: ${JSON.stringify(`${brief.project}-${kebab(job)}`)},`,
    `    retries: ${String(random.int(0, 5))},`,
    `    concurrency: { limit: ${String(random.int(1, 40))} },`,
    "  },",
    `  { event: ${JSON.stringify(`${brief.project}/${kebab(thing(random))}.${noun(random)}`)} },`,
    "  async ({ event, step }) => {",
    `    const payload = event.data as ${payload.name};`,
  ];
  const local = names(["payload", "event", "step"]);
  const done: Variable[] = [];
  do {
    const result = local.fresh(["step", noun(random), "result"], camel);
    const sort = random.pick<"string" | "number" | "boolean">(["string", "number", "boolean"]);
    const inside = withVariables(scope, done);
    lines.push(
      `    const ${result} = await step.run(${JSON.stringify(kebab(action(random)))}, async (): Promise<${sort}> => {`,
      ...indent(indent(indent(body(inside, sort, random.int(2, 14))))),
      "    });",
    );
    done.push({ name: result, sort });
    if (random.chance(0.25))
      lines.push(`    await step.sleep(${JSON.stringify(kebab(["wait", "for", noun(random)]))}, "${String(random.int(1, 48))}h");`);
  } while (lines.length < brief.size - 6);
  lines.push(`    return { id: payload.id, ${done.map((each) => each.name).join(", ")} };`, "  },", ");");
  return { text: file(brief, lines, ['import { inngest } from "@rawr/platform-inngest";']), offers: [{ kind: "value", name }] };
}
