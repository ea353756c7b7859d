import type {
  Argument,
  ClassFact,
  Expression,
  FunctionFact,
  ModuleBody,
  ObjectEntry,
  Statement,
  TypeExpression,
} from "../../src/facts/expression.js";

/**
 * Facts as text that reads like the code they stand for, so that a table of expectations can be read.
 *
 * A global is `@name`, the n-th parameter of function f `$f.n`, an element `x[#n]`, a default `(x ?= y)`.
 */
export class Show {
  readonly #body: ModuleBody;

  constructor(body: ModuleBody) {
    this.#body = body;
  }

  expression(node: Expression | undefined): string {
    if (!node) return "-";
    const of = (inner: Expression): string => this.expression(inner);
    switch (node.kind) {
      case "string":
        return JSON.stringify(node.value);
      case "number":
      case "boolean":
        return String(node.value);
      case "nothing":
        return node.operand ? `void ${of(node.operand)}` : node.value;
      case "regex":
        return `/${node.pattern}/${node.flags}`;
      case "template":
        return `${node.tag ? of(node.tag) : ""}\`${this.#parts(node.parts)}\``;
      case "reference":
        return node.name;
      case "global":
        return `@${node.name}`;
      case "this":
        return "this";
      case "member":
        return `${of(node.object)}${node.optional ? "?" : ""}${node.computed ? "" : "."}${this.#key(node)}`;
      case "call":
        return [
          of(node.callee),
          this.#typeArguments(node.typeArguments),
          node.optional ? "?" : "",
          `(${this.#arguments(node.arguments)})`,
        ].join("");
      case "new":
        return `new ${of(node.callee)}${this.#typeArguments(node.typeArguments)}(${this.#arguments(node.arguments)})`;
      case "import":
        return `import(${of(node.specifier)})`;
      case "import-meta":
        return "import.meta";
      case "object":
        return `{${node.entries.map((entry) => this.#entry(entry)).join(", ")}}`;
      case "array":
        return `[${this.#arguments(node.items)}]`;
      case "function":
        return `fn${String(node.function)}`;
      case "class":
        return this.class(node.class);
      case "conditional":
        return `(${of(node.test)} ? ${of(node.then)} : ${of(node.else)})`;
      case "logical":
      case "binary":
        return `(${of(node.left)} ${node.operator} ${of(node.right)})`;
      case "unary":
        return `${node.operator}${/\w$/u.test(node.operator) ? " " : ""}${of(node.operand)}`;
      case "assign":
        return `(${of(node.target)} ${node.operator} ${of(node.value)})`;
      case "sequence":
        return `(${node.items.map(of).join(", ")})`;
      case "await":
        return `await ${of(node.operand)}`;
      case "yield":
        return `yield ${this.expression(node.operand)}`;
      case "typed":
        return `<${node.how}${node.type ? ` ${this.type(node.type)}` : ""}>${of(node.operand)}`;
      case "element":
        return `${of(node.of)}[#${node.index === undefined ? "" : String(node.index)}]`;
      case "key-of":
        return `keyof ${of(node.of)}`;
      case "rest":
        return `rest(${[of(node.of), ...node.without].join(" - ")})`;
      case "default":
        return `(${of(node.operand)} ?= ${of(node.fallback)})`;
      case "parameter":
        return `${node.rest ? "..." : ""}$${String(node.function)}.${String(node.index)}`;
      case "jsx":
        return [
          `<${node.name}${node.component ? `=${of(node.component)}` : ""} `,
          `${node.attributes.map((entry) => this.#entry(entry)).join(" ")}>${node.children.map(of).join("")}</>`,
        ].join("");
      case "opaque":
        return `opaque(${[node.what, ...node.operands.map(of)].join("; ")})`;
    }
  }

  statements(list: readonly Statement[]): string {
    return list.map((statement) => this.statement(statement)).join(" ");
  }

  statement(node: Statement): string {
    switch (node.kind) {
      case "expression":
        return `${this.expression(node.expression)};`;
      case "declare":
        return `${this.#name(node.binding)} := ${this.expression(this.#body.bindings[node.binding]?.value)};`;
      case "if":
        return `if ${this.expression(node.test)} {${this.statements(node.then)}} else {${this.statements(node.else)}}`;
      case "return":
        return `return ${this.expression(node.value)};`;
      case "throw":
        return `throw ${this.expression(node.value)};`;
      case "loop": {
        const head = [
          node.init.length > 0 ? `init {${this.statements(node.init)}}` : "",
          node.each ? `each ${this.expression(node.each)}` : "",
          node.test ? `test ${this.expression(node.test)}` : "",
          node.update ? `update ${this.expression(node.update)}` : "",
          node.once ? "once" : "",
          node.await ? "await" : "",
        ];
        return `${label(node.label)}loop ${head.filter((part) => part !== "").join(" ")} {${this.statements(node.body)}}`;
      }
      case "switch":
        return `switch ${this.expression(node.on)} {${node.cases
          .map((one) => `${one.test ? this.expression(one.test) : "default"}: ${this.statements(one.body)}`)
          .join(" | ")}}`;
      case "try": {
        const caught = node.handler
          ? ` catch ${node.caught === undefined ? "" : `${this.#name(node.caught)} `}{${this.statements(node.handler)}}`
          : "";
        return `try {${this.statements(node.block)}}${caught}${node.finalizer ? ` finally {${this.statements(node.finalizer)}}` : ""}`;
      }
      case "block":
        return `${label(node.label)}{${this.statements(node.body)}}`;
      case "break":
      case "continue":
        return `${node.kind}${node.label === undefined ? "" : ` ${node.label}`};`;
      case "class":
        return `${this.class(node.class)};`;
    }
  }

  class(node: ClassFact): string {
    const members = node.members.map((member) =>
      [
        this.#decorators(member.decorators),
        `${member.static ? "static " : ""}${member.role} ${this.#key(member)}`,
        member.type ? `: ${this.type(member.type)}` : "",
        member.value ? ` = ${this.expression(member.value)}` : "",
      ].join(""),
    );
    const name = node.name === undefined ? "" : ` ${node.name}`;
    const head = `${this.#decorators(node.decorators)}class${name}${node.extends ? ` extends ${this.expression(node.extends)}` : ""}`;
    const made = node.constructorFunction === undefined ? [] : [`constructor fn${String(node.constructorFunction)}`];
    return `${head} {${[...made, ...members].join("; ")}}`;
  }

  type(node: TypeExpression | undefined): string {
    if (!node) return "-";
    const of = (inner: TypeExpression | undefined): string => this.type(inner);
    switch (node.kind) {
      case "named":
        return `${node.name}${node.binding === undefined ? "" : "°"}${this.#typeArguments(node.arguments)}`;
      case "literal":
        return JSON.stringify(node.value);
      case "members": {
        const members = node.members.map((member) => `${member.key}${member.optional ? "?" : ""}: ${of(member.type)}`);
        return `{${[...members, ...(node.index ? [`[]: ${of(node.index)}`] : [])].join("; ")}}`;
      }
      case "array":
        return `${of(node.element)}[]`;
      case "tuple":
        return `[${node.elements.map(of).join(", ")}]`;
      case "union":
        return `(${node.parts.map(of).join(" | ")})`;
      case "intersection":
        return `(${node.parts.map(of).join(" & ")})`;
      case "function":
        return `((${node.parameters.map(of).join(", ")}) => ${of(node.returns)})`;
      case "typeof":
        return `typeof ${this.expression(node.expression)}`;
      case "indexed":
        return `${of(node.object)}[${of(node.index)}]`;
      case "import":
        return [
          `import(${JSON.stringify(node.specifier)})`,
          node.name === undefined ? "" : `.${node.name}`,
          this.#typeArguments(node.arguments),
        ].join("");
      case "other":
        return node.parts.length === 0 ? node.what : `${node.what}(${node.parts.map(of).join(", ")})`;
    }
  }

  function(node: FunctionFact | undefined): string {
    if (!node) return "-";
    const parameters = node.parameters.map((parameter) => {
      const name = parameter.binding === undefined ? "pattern" : this.#name(parameter.binding);
      const type = parameter.type ? `: ${this.type(parameter.type)}` : "";
      return `${parameter.rest ? "..." : ""}${name}${parameter.optional ? "?" : ""}${type}`;
    });
    const flags = [node.async ? "async " : "", node.arrow ? "arrow " : "", node.generator ? "*" : ""].join("");
    const returns = node.returns ? `: ${this.type(node.returns)}` : "";
    return `${flags}${node.name ?? ""}(${parameters.join(", ")})${returns} {${this.statements(node.body)}}`;
  }

  #name(binding: number): string {
    return this.#body.bindings[binding]?.name ?? "?";
  }

  #arguments(list: readonly Argument[]): string {
    return list.map(({ value, spread }) => `${spread ? "..." : ""}${this.expression(value)}`).join(", ");
  }

  #typeArguments(list: readonly TypeExpression[] | undefined): string {
    return list && list.length > 0 ? `<${list.map((node) => this.type(node)).join(", ")}>` : "";
  }

  #entry(entry: ObjectEntry): string {
    if (entry.kind === "spread") return `...${this.expression(entry.value)}`;
    const accessor = entry.accessor ? `${entry.accessor} ` : "";
    const value = this.expression(entry.value);
    return entry.shorthand ? `${this.#key(entry)}~${value}` : `${accessor}${this.#key(entry)}: ${value}`;
  }

  #key({ key, computed }: { readonly key: Expression; readonly computed: boolean }): string {
    return computed || key.kind !== "string" ? `[${this.expression(key)}]` : key.value;
  }

  #decorators(list: readonly Expression[] | undefined): string {
    return (list ?? []).map((decorator) => `@(${this.expression(decorator)}) `).join("");
  }

  #parts(parts: readonly (string | Expression)[]): string {
    return parts.map((part) => (typeof part === "string" ? part : `\${${this.expression(part)}}`)).join("");
  }
}

function label(name: string | undefined): string {
  return name === undefined ? "" : `${name}: `;
}
