import { Tape } from "./tape.js";

/** A program that calls `probe` with a value that was written down plainly before it was rewritten. */
export interface Program {
  /** Texts of modules by path; `main.ts` is the entry. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Writes a text as a program: each step hides it behind one more form of the language, which gives it back when the program runs.
 *
 * @param value the text
 * @param choices what decides on the forms
 */
export function programFor(value: string, choices: readonly number[]): Program {
  return new Writer(new Tape(choices)).program(value);
}

class Writer {
  readonly #tape: Tape;
  #names = 0;
  readonly #files = new Map<string, string[]>();
  /** Statements of the module that is being written. */
  #statements: string[] = [];
  #depth = 0;
  readonly #imports = new Map<string, Set<string>>();
  #file = "main.ts";

  constructor(tape: Tape) {
    this.#tape = tape;
  }

  program(value: string): Program {
    this.#statements = [];
    this.#files.set("main.ts", this.#statements);
    const expression = this.#write(value);
    this.#sink(expression);
    const files = [...this.#files].map(([file, statements]) => [file, [...(this.#imports.get(file) ?? []), ...statements].join("\n")] as const);
    return { files: Object.fromEntries(files) };
  }

  #name(): string {
    this.#names += 1;
    return `n${String(this.#names)}`;
  }

  #say(statement: string): void {
    this.#statements.push(statement);
  }

  /** How the value reaches the probe. */
  #sink(expression: string): void {
    const name = this.#name();
    const other = this.#name();
    switch (this.#tape.choose(14)) {
      case 1:
        return this.#say(`function ${name}(x: string) { probe(x); }\n${name}(${expression});`);
      case 2:
        return this.#say(`for (const x of [${expression}, "other"]) probe(x);`);
      case 3:
        return this.#say(`[${expression}].forEach((x) => probe(x));`);
      case 4:
        return this.#say(`const ${name} = (x: string, more: string[] = []) => { more.push(x); for (const one of more) probe(one); };\n${name}(${expression});`);
      case 5:
        return this.#say(`const ${name} = { path: ${expression}, go() { probe(this.path); } };\n${name}.go();`);
      case 6:
        return this.#say(`class ${name} { constructor(private x: string) {} run() { probe(this.x); } }\nnew ${name}(${expression}).run();`);
      case 7:
        return this.#say(`function ${name}(f: (x: string) => void) { f(${expression}); }\n${name}((x) => { probe(x); });`);
      case 8:
        return this.#say(`for (const [key, { path }] of Object.entries({ a: { path: ${expression} } })) probe(path);`);
      case 9:
        return this.#say(`const ${name} = (x: string) => ${other}(x);\nfunction ${other}(y: string, z = y) { probe(z); }\n${name}(${expression});`);
      case 10:
        return this.#say(`async function ${name}() { return ${expression}; }\nasync function ${other}() { probe(await ${name}()); }\nvoid ${other}();`);
      case 11:
        return this.#say(`const ${name} = new Map<string, string>();\n${name}.set("k", ${expression});\nfor (const [, x] of ${name}) probe(x);`);
      case 12:
        return this.#say(`const ${name}: string[] = [];\nfor (const x of [${expression}]) ${name}.push(x);\n${name}.map((x) => probe(x));`);
      case 13:
        return this.#say(`const { a: ${name}, ...${other} } = { a: "z", b: ${expression} };\nprobe(${other}.b);`);
      default:
        return this.#say(`probe(${expression});`);
    }
  }

  /** An expression whose value is the text. */
  #write(value: string): string {
    if (this.#depth >= 6) return this.#literal(value);
    this.#depth += 1;
    const forms = [
      () => this.#literal(value), () => this.#text(value), () => this.#name_(value), () => this.#branch(value), () => this.#object(value), () => this.#array(value),
      () => this.#method(value), () => this.#call(value), () => this.#class(value), () => this.#collection(value), () => this.#module(value), () => this.#change(value),
    ];
    const form = this.#tape.pick(forms, () => this.#literal(value));
    const written = form();
    this.#depth -= 1;
    return written;
  }

  #literal(value: string): string {
    switch (this.#tape.choose(4)) {
      case 1:
        return `\`${value.replaceAll(/[`\\$]/gu, "\\$&")}\``;
      case 2:
        return `'${value.replaceAll(/['\\]/gu, "\\$&").replaceAll("\n", "\\n")}'`;
      case 3:
        return `(${JSON.stringify(value)} as string)`;
      default:
        return JSON.stringify(value);
    }
  }

  #split(value: string): readonly [string, string] {
    const at = value.length === 0 ? 0 : this.#tape.choose(value.length + 1);
    return [value.slice(0, at), value.slice(at)];
  }

  #text(value: string): string {
    const [head, tail] = this.#split(value);
    switch (this.#tape.choose(5)) {
      case 1:
        return `\`\${${this.#write(head)}}\${${this.#write(tail)}}\``;
      case 2:
        return `${this.#write(head)}.concat(${this.#write(tail)})`;
      case 3:
        return `[${this.#write(head)}, ${this.#write(tail)}].join("")`;
      case 4:
        return `String(${this.#write(value)})`;
      default:
        return `(${this.#write(head)} + ${this.#write(tail)})`;
    }
  }

  #name_(value: string): string {
    const name = this.#name();
    switch (this.#tape.choose(9)) {
      case 1:
        this.#say(`let ${name} = "first";\n${name} = ${this.#write(value)};`);
        return name;
      case 2: {
        const [head, tail] = this.#split(value);
        this.#say(`let ${name} = ${this.#write(head)};\n${name} += ${this.#write(tail)};`);
        return name;
      }
      case 3:
        this.#say(`let ${name}: string;\nif (flag(${this.#bit()})) { ${name} = ${this.#write(value)}; } else { ${name} = ${this.#write(value)}; }`);
        return name;
      case 4:
        this.#say(`let ${name} = ${this.#write(value)};\nif (flag(0)) ${name} = "never";`);
        return name;
      case 5:
        this.#say(`enum ${name} { A = "a", B = ${JSON.stringify(value)} }`);
        return `${name}.B`;
      case 6:
        this.#say(`var ${name} = ${this.#write(value)};\nfunction ${name}Set() { ${name} = "changed"; }`);
        return name;
      case 7:
        this.#say(`let ${name}: string | undefined;\nfor (const x of [${this.#write(value)}, "last"]) { ${name} ??= x; }`);
        return `${name}!`;
      case 8:
        this.#say(`let ${name} = "";\ntry { ${name} = ${this.#write(value)}; } finally { flag(1); }`);
        return name;
      default:
        this.#say(`const ${name} = ${this.#write(value)};`);
        return name;
    }
  }

  #bit(): string {
    return String(this.#tape.choose(2));
  }

  #branch(value: string): string {
    switch (this.#tape.choose(9)) {
      case 1:
        return `(flag(1) ? ${this.#write(value)} : "wrong")`;
      case 2:
        return `("" || ${this.#write(value)})`;
      case 3:
        return `(undefined ?? ${this.#write(value)})`;
      case 4:
        return `("yes" && ${this.#write(value)})`;
      case 5:
        return `(${this.#write("a")} === "a" ? ${this.#write(value)} : "wrong")`;
      case 6:
        return `(flag(0), ${this.#write(value)})`;
      case 7: {
        const name = this.#name();
        this.#say(`function ${name}(kind: string) { switch (kind) { case "a": return "wrong"; case "b": { return ${this.#write(value)}; } default: return "other"; } }`);
        return `${name}(${this.#write("b")})`;
      }
      case 8: {
        const name = this.#name();
        this.#say(`function ${name}(x: boolean) { if (!x) return "wrong"; return ${this.#write(value)}; }`);
        return `${name}(flag(1))`;
      }
      default:
        return `(${this.#bit()} ? ${this.#write(value)} : ${this.#write(value)})`;
    }
  }

  #object(value: string): string {
    const name = this.#name();
    switch (this.#tape.choose(15)) {
      case 1:
        this.#say(`const ${name} = { k: ${this.#write(value)}, z: "z" } as const;`);
        return this.#tape.pick([`${name}.k`, `${name}["k"]`, `${name}?.["k"]`], `${name}.k`);
      case 2:
        return `({ [${this.#write("key")}]: ${this.#write(value)} } as Record<string, string>)["key"]!`;
      case 3:
        this.#say(`const { a: { b: ${name} = "default" } = { b: "none" } } = { a: { b: ${this.#write(value)} } };`);
        return name;
      case 4:
        this.#say(`const { missing: ${name} = ${this.#write(value)} } = {} as { missing?: string };`);
        return name;
      case 5:
        return `({ k: "before", ...{ k: ${this.#write(value)} } }).k`;
      case 6:
        return `({ ...{ k: "before" }, k: ${this.#write(value)} }).k`;
      case 7:
        return `Object.assign({ k: "before" }, { k: ${this.#write(value)} }).k`;
      case 8:
        return `Object.freeze({ k: ${this.#write(value)} }).k`;
      case 9:
        this.#say(`const ${name}: Record<string, string> = {};\n${name}.k = ${this.#write(value)};`);
        return `${name}.k!`;
      case 10:
        return `Object.values({ k: ${this.#write(value)} })[0]!`;
      case 11:
        return `Object.entries({ k: ${this.#write(value)} })[0]![1]`;
      case 12:
        return `Object.fromEntries([["k", ${this.#write(value)}]]).k!`;
      case 13:
        return value === "" || /^\d/u.test(value) ? this.#literal(value) : `Object.keys({ [${this.#write(value)}]: 1 })[0]!`;
      case 14:
        this.#say(`const ${name} = { get k() { return ${this.#write(value)}; } };`);
        return `${name}.k`;
      default:
        return `({ k: ${this.#write(value)} }).k`;
    }
  }

  #array(value: string): string {
    const name = this.#name();
    switch (this.#tape.choose(16)) {
      case 1:
        this.#say(`const [, ${name}] = ["x", ${this.#write(value)}];`);
        return name;
      case 2:
        return `[...["x"], ${this.#write(value)}].at(-1)!`;
      case 3:
        this.#say(`const ${name} = ["x"];\n${name}.push(${this.#write(value)});`);
        return `${name}[1]!`;
      case 4:
        return `["x", ${this.#write(value)}].slice(1)[0]!`;
      case 5:
        return `["x", ${this.#write(value)}].map((x) => x)[1]!`;
      case 6:
        return `["", ${this.#write(value)}, ""].filter(Boolean).join("")`;
      case 7:
        return `[${this.#write(value)}, "x"].reverse()[1]!`;
      case 8:
        return `["x"].concat(${this.#write(value)})[1]!`;
      case 9:
        return `[["x"], [${this.#write(value)}]].flat()[1]!`;
      case 10:
        return `[{ id: "a", path: "x" }, { id: "b", path: ${this.#write(value)} }].find((r) => r.id === "b")!.path`;
      case 11:
        return `${this.#write([...value].join("|"))}.split("|").join("")`;
      case 12:
        return `[..."ab"].reduce((all, x) => all + (x === "b" ? ${this.#write(value)} : ""), "")`;
      case 13:
        this.#say(`const [${name} = "default", ...${name}Rest] = [${this.#write(value)}, "y"];`);
        return name;
      case 14:
        return `Array.from([${this.#write(value)}], (x) => x)[0]!`;
      case 15:
        this.#say(`const ${name} = ["x", "y"];\n${name}[0] = ${this.#write(value)};`);
        return `${name}[0]!`;
      default:
        return `[${this.#write(value)}][0]!`;
    }
  }

  #method(value: string): string {
    switch (this.#tape.choose(14)) {
      case 1:
        return value.toUpperCase().toLowerCase() === value ? `${this.#write(value.toUpperCase())}.toLowerCase()` : this.#write(value);
      case 2:
        return value.trim() === value ? `${this.#write(` ${value}  `)}.trim()` : this.#write(value);
      case 3:
        return `${this.#write(`ab${value}`)}.slice(2)`;
      case 4:
        return `${this.#write(`${value}cd`)}.substring(0, ${String(value.length)})`;
      case 5:
        return value.includes("@") ? this.#write(value) : `${this.#write(`@${value}`)}.replace("@", "")`;
      case 6:
        return value.includes("@") ? this.#write(value) : `${this.#write(`@${value}@`)}.replace(/@/g, "")`;
      case 7:
        return value.includes("@") ? this.#write(value) : `${this.#write(`@${value}@`)}.replaceAll("@", "")`;
      case 8:
        return value.length > 1 && value.startsWith("/") ? `${this.#write(value.slice(1))}.padStart(${String(value.length)}, "/")` : this.#write(value);
      case 9:
        return `${this.#write(value)}.repeat(1)`;
      case 10:
        return `${this.#write(value)}.toString()`;
      case 11:
        return `(${this.#write(`x${value}`)}.startsWith("x") ? ${this.#write(value)} : "wrong")`;
      case 12:
        return `decodeURIComponent(encodeURIComponent(${this.#write(value)}))`;
      case 13:
        return `(JSON.parse(JSON.stringify({ k: ${this.#write(value)} })) as { k: string }).k`;
      default:
        return `${this.#write(value)}.trimEnd().padEnd(${String(value.length)})`.replace(/^/u, value.trimEnd() === value ? "" : `${JSON.stringify("")} + `);
    }
  }

  #call(value: string): string {
    const name = this.#name();
    switch (this.#tape.choose(16)) {
      case 1:
        this.#say(`function ${name}(x: string) { return x; }\n${name}("other");`);
        return `${name}(${this.#write(value)})`;
      case 2: {
        const [head, tail] = this.#split(value);
        this.#say(`const ${name} = (a: string) => (b: string) => a + b;\n${name}("o")("p");`);
        return `${name}(${this.#write(head)})(${this.#write(tail)})`;
      }
      case 3:
        this.#say(`function ${name}({ x = "none", y }: { x?: string; y: string }) { return y + x.slice(x.length); }`);
        return `${name}({ y: ${this.#write(value)} })`;
      case 4: {
        const [head, tail] = this.#split(value);
        this.#say(`const ${name} = (...parts: string[]) => parts.join("");`);
        return this.#tape.pick([`${name}(${this.#write(head)}, ${this.#write(tail)})`, `${name}(...[${this.#write(head)}, ${this.#write(tail)}])`], "");
      }
      case 5:
        this.#say(`function ${name}(x: string, y = x) { return y; }`);
        return `${name}(${this.#write(value)})`;
      case 6:
        this.#say(`const ${name} = { make(x: string) { return { path: x }; } };`);
        return `${name}.make(${this.#write(value)}).path`;
      case 7:
        return `((x: string) => { const y = x; return y; })(${this.#write(value)})`;
      case 8:
        this.#say(`function ${name}(n: number): string { return n === 0 ? ${this.#write(value)} : ${name}(n - 1); }`);
        return `${name}(2)`;
      case 9:
        this.#say(`function ${name}(this: unknown, x: string) { return x; }`);
        return this.#tape.pick([`${name}.call(null, ${this.#write(value)})`, `${name}.apply(null, [${this.#write(value)}])`, `${name}.bind(null, ${this.#write(value)})()`], "");
      case 10:
        this.#say(`function* ${name}() { yield ${this.#write(value)}; }`);
        return `[...${name}()].join("")`;
      case 11:
        this.#say(`function ${name}(xs: string[]) { for (const x of xs) { if (x !== "skip") return x; } return "none"; }`);
        return `${name}(["skip", ${this.#write(value)}])`;
      case 12:
        this.#say(`function ${name}() { const made: Record<string, string> = {}; made.path = ${this.#write(value)}; return made; }`);
        return `${name}().path!`;
      case 13:
        this.#say(`const ${name} = (x: string) => { try { return x; } catch { return "wrong"; } };`);
        return `${name}(${this.#write(value)})`;
      case 14:
        this.#say(`function ${name}() { let out = ""; for (const part of [${this.#split(value).map((part) => this.#write(part)).join(", ")}]) out += part; return out; }`);
        return `${name}()`;
      case 15:
        this.#say(`function ${name}(o: { k: string }) { o.k = ${this.#write(value)}; return o; }`);
        return `${name}({ k: "before" }).k`;
      default:
        return `(() => ${this.#write(value)})()`;
    }
  }

  #class(value: string): string {
    const name = this.#name();
    switch (this.#tape.choose(8)) {
      case 1:
        this.#say(`class ${name} { static readonly k = ${this.#write(value)}; }`);
        return `${name}.k`;
      case 2:
        this.#say(`class ${name} { readonly k = ${this.#write(value)}; }`);
        return `new ${name}().k`;
      case 3:
        this.#say(`class ${name} { constructor(readonly k: string) {} }\nnew ${name}("other");`);
        return `new ${name}(${this.#write(value)}).k`;
      case 4:
        this.#say(`class ${name} { #k: string; constructor(k: string) { this.#k = k; } get k() { return this.#k; } }`);
        return `new ${name}(${this.#write(value)}).k`;
      case 5:
        this.#say(`class ${name}A { constructor(readonly k: string) {} }\nclass ${name} extends ${name}A { constructor(x: string) { super(x); } }`);
        return `new ${name}(${this.#write(value)}).k`;
      case 6:
        this.#say(`class ${name} { k = "before"; set(k: string) { this.k = k; return this; } }`);
        return `new ${name}().set(${this.#write(value)}).k`;
      case 7:
        this.#say(`class ${name} { k = "before"; }\nconst ${name}I = new ${name}();\n${name}I.k = ${this.#write(value)};`);
        return `${name}I.k`;
      default:
        this.#say(`class ${name} { static make(x: string) { return x; } }`);
        return `${name}.make(${this.#write(value)})`;
    }
  }

  #collection(value: string): string {
    const name = this.#name();
    switch (this.#tape.choose(6)) {
      case 1:
        this.#say(`const ${name} = new Map([["a", "x"], ["b", ${this.#write(value)}]]);`);
        return `${name}.get("b")!`;
      case 2:
        this.#say(`const ${name} = new Map<string, string>();\n${name}.set("b", ${this.#write(value)});`);
        return `${name}.get("b")!`;
      case 3:
        return `[...new Set([${this.#write(value)}])][0]!`;
      case 4:
        return `[...new Map([[${this.#write(value)}, 1]]).keys()][0]!`;
      case 5:
        return /^\/[a-z]*$/u.test(value) ? `new URL(${this.#write(value)}, "http://host/base").pathname` : this.#write(value);
      default:
        return `[...[${this.#write(value)}].values()][0]!`;
    }
  }

  /** The text is made in another module. */
  #module(value: string): string {
    const name = this.#name();
    const file = `m${String(this.#files.size)}.ts`;
    const from = this.#file;
    const outer = this.#statements;
    this.#statements = [];
    this.#file = file;
    this.#files.set(file, this.#statements);
    const form = this.#tape.choose(8);
    const inner = this.#write(value);
    const specifier = `./${file.replace(".ts", ".js")}`;
    let use = name;
    let imports = `import { ${name} } from "${specifier}";`;
    switch (form) {
      case 1:
        this.#say(`export default ${inner};`);
        imports = `import ${name} from "${specifier}";`;
        break;
      case 2:
        this.#say(`export const k = ${inner};`);
        imports = `import * as ${name} from "${specifier}";`;
        use = `${name}.k`;
        break;
      case 3:
        this.#say(`const inner = ${inner};\nexport { inner as ${name} };`);
        break;
      case 4: {
        this.#say(`export const ${name} = ${inner};`);
        const barrel = `b${String(this.#files.size)}.ts`;
        this.#files.set(barrel, [this.#tape.pick([`export * from "${specifier}";`, `export { ${name} } from "${specifier}";`], "")]);
        imports = `import { ${name} } from "./${barrel.replace(".ts", ".js")}";`;
        break;
      }
      case 5:
        this.#say(`export const ${name} = { k: ${inner} };`);
        use = `${name}.k`;
        break;
      case 6:
        this.#say(`export function ${name}(x = ${inner}) { return x; }`);
        use = `${name}()`;
        break;
      case 7:
        this.#say(`export let ${name} = "before";\nexport function ${name}Set() { ${name} = ${inner}; }`);
        imports = `import { ${name}, ${name}Set } from "${specifier}";`;
        use = `(${name}Set(), ${name})`;
        break;
      default:
        this.#say(`export const ${name} = ${inner};`);
    }
    this.#statements = outer;
    this.#file = from;
    const known = this.#imports.get(from) ?? new Set<string>();
    known.add(imports);
    this.#imports.set(from, known);
    return use;
  }

  /** The text is put into something that exists, behind its back. */
  #change(value: string): string {
    const name = this.#name();
    const alias = this.#name();
    switch (this.#tape.choose(14)) {
      case 1:
        this.#say(`const ${name} = { k: "before" };\nconst ${alias} = ${name};\n${alias}.k = ${this.#write(value)};`);
        return `${name}.k`;
      case 2:
        this.#say(`const ${name} = { k: "before" };\nfunction ${alias}(o: { k: string }) { o.k = ${this.#write(value)}; }\n${alias}(${name});`);
        return `${name}.k`;
      case 3:
        this.#say(`const ${name} = { k: "before" };\n[${name}].forEach((o) => { o.k = ${this.#write(value)}; });`);
        return `${name}.k`;
      case 4:
        this.#say(`const ${name} = { k: "before" };\nObject.assign(${name}, { k: ${this.#write(value)} });`);
        return `${name}.k`;
      case 5:
        this.#say(`const ${name} = { inner: { k: "before" } };\nconst { inner: ${alias} } = ${name};\n${alias}.k = ${this.#write(value)};`);
        return `${name}.inner.k`;
      case 6:
        this.#say(`const ${name} = ["before"];\nconst ${alias} = () => ${name};\n${alias}()[0] = ${this.#write(value)};`);
        return `${name}[0]!`;
      case 7:
        this.#say(`const ${name} = ["before"];\n${name}.splice(0, 1, ${this.#write(value)});`);
        return `${name}[0]!`;
      case 8:
        this.#say(`const ${name} = { k: "before" };\nReflect.set(${name}, "k", ${this.#write(value)});`);
        return `${name}.k`;
      case 9:
        this.#say(`const ${name}: { k?: string } = { k: "before" };\ndelete ${name}.k;`);
        return `(${name}.k ?? ${this.#write(value)})`;
      case 10:
        this.#say(`const ${name} = { k: "before", set(v: string) { this.k = v; } };\n${name}.set(${this.#write(value)});`);
        return `${name}.k`;
      case 11:
        this.#say(`const ${name} = { k: "before" };\nconst ${alias} = { held: ${name} };\n${alias}.held.k = ${this.#write(value)};`);
        return `${name}.k`;
      case 12:
        this.#say(`const ${name} = new Map([["a", { k: "before" }]]);\n${name}.get("a")!.k = ${this.#write(value)};`);
        return `${name}.get("a")!.k`;
      case 13:
        this.#say(`const ${name} = { k: "before" };\nfor (const o of [${name}]) o["k"] = ${this.#write(value)};`);
        return `${name}.k`;
      default:
        this.#say(`let ${name} = "before";\nconst ${alias} = () => { ${name} = ${this.#write(value)}; };\n${alias}();`);
        return name;
    }
  }
}
