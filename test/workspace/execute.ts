import path from "node:path";
import ts from "typescript";
import type { Program } from "./programs.js";

/**
 * Runs a program in this process and records what `probe` is called with.
 *
 * @returns the recorded arguments, or undefined when the program throws
 */
export async function execute({ files }: Program): Promise<readonly unknown[] | undefined> {
  const recorded: unknown[] = [];
  const probe = (...values: readonly unknown[]): void => void recorded.push(values.length === 1 ? values[0] : values);
  let calls = 0;
  const flag = (bit: number): boolean => {
    calls += 1;
    if (calls > 10_000) throw new Error("the program does not end");
    return bit === 1;
  };
  const loaded = new Map<string, { exports: unknown }>();
  const load = (file: string): unknown => {
    const known = loaded.get(file);
    if (known !== undefined) return known.exports;
    const text = files[file];
    if (text === undefined) throw new Error(`no module ${file}`);
    const { outputText } = ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true } });
    const module = { exports: {} as unknown };
    loaded.set(file, module);
    const require = (specifier: string): unknown => load(path.posix.join(path.posix.dirname(file), specifier).replace(/\.js$/u, ".ts"));
    const run: unknown = new Function("module", "exports", "require", "probe", "flag", outputText);
    if (typeof run === "function") Reflect.apply(run, undefined, [module, module.exports, require, probe, flag]);
    return module.exports;
  };
  try {
    load("main.ts");
    // Async functions go on after the module.
    await new Promise((resolve) => setImmediate(resolve));
  } catch {
    return undefined;
  }
  return recorded;
}
