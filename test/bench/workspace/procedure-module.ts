import { type Brief, file, type Module, scopeOf } from "./module.js";
import { schemaOf } from "./schema-module.js";
import { body, entity, indent, names, typeName } from "./statements.js";
import { action, camel, kebab, thing } from "./words.js";

/** A boundary: contract of a few procedures and their implementation, each with its own route. */
export function procedureModule(brief: Brief): Module {
  const { random } = brief;
  const path = kebab(thing(random));
  const contract = brief.names.fresh([...thing(random), "contract"], camel);
  const router = brief.names.fresh([...thing(random), "procedures"], camel);
  const input = entity(random, typeName(random, brief.names));
  const spelled = names();
  const declared: string[] = [];
  const served: string[] = [];
  const scope = scopeOf(brief, [{ name: "input", sort: { record: input } }], true);
  do {
    const job = action(random);
    const procedure = spelled.fresh(job, camel);
    const method = random.pick(["GET", "POST", "PUT", "DELETE"]);
    declared.push(
      `  ${procedure}: oc`,
      `    .route({ method: "${method}", path: "/${path}/${kebab(job)}/{id}" })`,
      `    .input(${input.name}Schema)`,
      "    .output(z.string()),",
    );
    served.push(
      `  ${procedure}: contractOf.${procedure}.handler(async ({ input }) => {`,
      ...indent(indent(body(scope, "string", random.int(2, 18)))),
      "  }),",
    );
  } while (declared.length + served.length < brief.size - input.fields.length - 14);
  const lines = [
    `const ${input.name}Schema = z.object({`,
    ...input.fields.map((field) => `  ${field.name}: ${schemaOf(random, field.sort)},`),
    "});",
    "",
    `type ${input.name} = z.infer<typeof ${input.name}Schema>;`,
    "",
    `export const ${contract} = {`,
    ...declared,
    "};",
    "",
    `const contractOf = implement(${contract});`,
    "",
    `export const ${router} = {`,
    ...served,
    "};",
  ];
  const heads = ['import { oc } from "@orpc/contract";', 'import { implement } from "@orpc/server";', 'import { z } from "zod";'];
  return {
    text: file(brief, lines, heads),
    offers: [
      { kind: "procedure", name: router },
      { kind: "value", name: contract },
    ],
  };
}
