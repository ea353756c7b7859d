import type { Program } from "./programs.js";
import { Tape } from "./tape.js";

/** How deep blocks nest. */
const MAX_DEPTH = 3;
const WORDS = ["a", "b", "/rpc", "c d", ""] as const;

/**
 * Writes a program in which values change hands and are changed: names, aliases, branches, loops, closures, helpers that write into what they
 * get. It calls `probe(site, value)` in many places; nothing is known beforehand of what the values are.
 *
 * @param choices what decides on every statement
 */
export function storyFor(choices: readonly number[]): Program {
  return { files: { "main.ts": new Story(new Tape(choices)).text() } };
}

interface Scope {
  readonly texts: string[];
  readonly objects: string[];
  readonly lists: string[];
  readonly functions: string[];
  /** Helpers by what they take: a holder and a text. */
  readonly helpers: string[];
}

class Story {
  readonly #tape: Tape;
  #names = 0;
  #sites = 0;

  constructor(tape: Tape) {
    this.#tape = tape;
  }

  text(): string {
    const scope: Scope = { texts: [], objects: [], lists: [], functions: [], helpers: [] };
    const start = ['let s = "start";', 'const o = { k: "k", m: { k: "mk" }, l: ["lk"] };', 'const l = ["l0", "l1"];'];
    scope.texts.push("s");
    scope.objects.push("o", "o.m");
    scope.lists.push("l", "o.l");
    return [...start, ...this.#block(scope, 18, 0), ...this.#probes(scope)].join("\n");
  }

  #probes(scope: Scope): readonly string[] {
    return [...scope.texts.slice(-3), ...scope.objects.slice(-3).map((name) => `${name}.k`), ...scope.lists.slice(-2).flatMap((name) => [`${name}[0]`, `${name}.join("-")`])].map((value) => this.#probe(value));
  }

  #probe(value: string): string {
    this.#sites += 1;
    return `probe(${String(this.#sites)}, ${value});`;
  }

  #name(prefix: string): string {
    this.#names += 1;
    return `${prefix}${String(this.#names)}`;
  }

  #block(scope: Scope, length: number, depth: number): readonly string[] {
    const count = depth === 0 ? length - this.#tape.choose(length + 1) : this.#tape.choose(length + 1);
    return Array.from({ length: count }, () => this.#statement(scope, depth));
  }

  #inner(scope: Scope, depth: number): string {
    const own: Scope = { texts: [...scope.texts], objects: [...scope.objects], lists: [...scope.lists], functions: [...scope.functions], helpers: [...scope.helpers] };
    return this.#block(own, 3, depth + 1).join(" ");
  }

  #statement(scope: Scope, depth: number): string {
    const kinds = depth >= MAX_DEPTH ? 14 : 26;
    const text = scope.texts.filter((name) => !name.startsWith("c"));
    switch (this.#tape.choose(kinds)) {
      case 1: {
        const name = this.#name("s");
        scope.texts.push(name);
        return `let ${name} = ${this.#text(scope)};`.replace(/^(?=let)/u, "");
      }
      case 2:
        return `${this.#tape.pick(text, "s")} = ${this.#text(scope)};`;
      case 3:
        return `${this.#tape.pick(text, "s")} += ${this.#text(scope)};`;
      case 4:
        return `${this.#object(scope)}.k = ${this.#text(scope)};`;
      case 5: {
        const name = this.#name("o");
        const made = this.#tape.pick([`{ k: ${this.#text(scope)}, m: { k: ${this.#text(scope)} } }`, `{ ...${this.#object(scope)} }`, `{ k: ${this.#text(scope)}, ...${this.#object(scope)} }`, this.#object(scope)], "{}");
        scope.objects.push(name);
        return `const ${name} = ${made};`;
      }
      case 6: {
        const name = this.#name("l");
        const list = this.#list(scope);
        const made = this.#tape.pick([`[${this.#text(scope)}, ${this.#text(scope)}]`, `[...${list}]`, `${list}.slice(1)`, `${list}.map((x) => x + "!")`, `${list}.concat([${this.#text(scope)}])`, `${list}.filter((x) => x !== "a")`, list], "[]");
        scope.lists.push(name);
        return `const ${name} = ${made};`;
      }
      case 7:
        return `${this.#list(scope)}.push(${this.#text(scope)});`;
      case 8:
        return `${this.#list(scope)}[${this.#bit()}] = ${this.#text(scope)};`;
      case 9:
        return `${this.#list(scope)}.${this.#tape.pick(["reverse()", "sort()", "pop()", "shift()", `splice(0, 1, ${this.#text(scope)})`, `unshift(${this.#text(scope)})`], "pop()")};`;
      case 10:
        return this.#tape.pick([`Object.assign(${this.#object(scope)}, ${this.#object(scope)});`, `delete ${this.#object(scope)}.k;`, `Object.assign(${this.#object(scope)}, { k: ${this.#text(scope)} });`], "");
      case 11: {
        const name = this.#name("c");
        scope.texts.push(name);
        return `const { k: ${name} = ${this.#text(scope)} } = ${this.#object(scope)};`;
      }
      case 12: {
        const fn = this.#tape.pick(scope.functions, "");
        return fn === "" ? `(() => { ${this.#inner(scope, depth)} })();` : `${fn}();`;
      }
      case 13: {
        const helper = this.#tape.pick(scope.helpers, "");
        return helper === "" ? ";" : `${helper}(${this.#object(scope)}, ${this.#text(scope)});`;
      }
      case 14:
        return `if (flag(${this.#bit()})) { ${this.#inner(scope, depth)} } else { ${this.#inner(scope, depth)} }`;
      case 15:
        return `if (${this.#text(scope)} === ${JSON.stringify(this.#word())}) { ${this.#inner(scope, depth)} }`;
      case 16: {
        const name = this.#name("c");
        const inner: Scope = { ...scope, texts: [...scope.texts, name] };
        return `for (const ${name} of [...${this.#list(scope)}]) { ${this.#inner(inner, depth)} }`;
      }
      case 17:
        return `for (let i = 0; i < 2; i++) { ${this.#inner(scope, depth)} ${this.#tape.pick(["", "if (flag(0)) break;", "if (flag(1)) continue;"], "")} ${this.#inner(scope, depth)} }`;
      case 18:
        return `try { ${this.#inner(scope, depth)} ${this.#tape.pick(["", "if (flag(1)) throw 1;"], "")} ${this.#inner(scope, depth)} } catch { ${this.#inner(scope, depth)} } finally { ${this.#inner(scope, depth)} }`;
      case 19: {
        const name = this.#name("f");
        const body = this.#inner(scope, depth);
        scope.functions.push(name);
        return `const ${name} = () => { ${body} };`;
      }
      case 20: {
        const name = this.#name("h");
        scope.helpers.push(name);
        return `function ${name}(p, q) { ${this.#tape.pick(["p.k = q;", "p.k += q;", "if (p.k === q) { p.k = 'same'; }", "p.z = p.k; p.k = q;", "Object.assign(p, { k: q });", "const { k } = p; p.k = k + q;"], "")} return p; }`;
      }
      case 21:
        return `switch (${this.#text(scope)}) { case ${JSON.stringify(this.#word())}: ${this.#inner(scope, depth)} ${this.#tape.pick(["break;", ""], "")} case "x": ${this.#inner(scope, depth)} break; default: ${this.#inner(scope, depth)} }`;
      case 22: {
        const name = this.#name("q");
        const inner: Scope = { ...scope, objects: [...scope.objects, name] };
        return `[${this.#object(scope)}, ${this.#object(scope)}].forEach((${name}) => { ${this.#inner(inner, depth)} });`;
      }
      case 23: {
        const name = this.#name("o");
        const helper = this.#tape.pick(scope.helpers, "");
        scope.objects.push(name);
        return `const ${name} = ${helper === "" ? this.#object(scope) : `${helper}(${this.#object(scope)}, ${this.#text(scope)})`};`;
      }
      case 24: {
        const name = this.#name("s");
        scope.texts.push(name);
        return `let ${name}; if (flag(${this.#bit()})) ${name} = ${this.#text(scope)};`;
      }
      case 25: {
        const name = this.#name("g");
        const body = this.#inner({ ...scope, texts: [...scope.texts] }, depth);
        scope.functions.push(name);
        return `function ${name}() { ${body} return ${this.#text(scope)}; }`;
      }
      default:
        return this.#probe(this.#text(scope));
    }
  }

  #bit(): string {
    return String(this.#tape.choose(2));
  }

  #word(): string {
    return this.#tape.pick(WORDS, "a");
  }

  #object(scope: Scope): string {
    return this.#tape.pick(scope.objects, "o");
  }

  #list(scope: Scope): string {
    return this.#tape.pick(scope.lists, "l");
  }

  #text(scope: Scope, depth = 0): string {
    switch (this.#tape.choose(depth > 2 ? 5 : 12)) {
      case 1:
        return this.#tape.pick(scope.texts, "s");
      case 2:
        return `${this.#object(scope)}.k`;
      case 3:
        return `${this.#list(scope)}[${this.#bit()}]`;
      case 4:
        return `${this.#list(scope)}.at(-1)`;
      case 5:
        return `(${this.#text(scope, depth + 1)} + ${this.#text(scope, depth + 1)})`;
      case 6:
        return `(flag(${this.#bit()}) ? ${this.#text(scope, depth + 1)} : ${this.#text(scope, depth + 1)})`;
      case 7:
        return `(${this.#text(scope, depth + 1)} ${this.#tape.pick(["||", "&&", "??"], "||")} ${this.#text(scope, depth + 1)})`;
      case 8:
        return `${this.#list(scope)}.join("+")`;
      case 9:
        return `\`<\${${this.#text(scope, depth + 1)}}>\``;
      case 10: {
        const helper = this.#tape.pick(scope.helpers, "");
        return helper === "" ? '"h"' : `${helper}(${this.#object(scope)}, ${this.#text(scope, depth + 1)}).k`;
      }
      case 11: {
        const fn = this.#tape.pick(scope.functions.filter((name) => name.startsWith("g")), "");
        return fn === "" ? '"g"' : `${fn}()`;
      }
      default:
        return JSON.stringify(this.#word());
    }
  }
}
