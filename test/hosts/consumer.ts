import { chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { Folder } from "../folder.js";
import { repository } from "./build.js";
import { type Outcome, run } from "./command.js";

/** A repository whose owners use drift-guard: the example workspace, with packages of ours linked into its node_modules. */
export class Consumer extends Folder {
  /** What its owner has set in the shell. */
  environment: NodeJS.ProcessEnv = {};

  /** @param packages what else is installed there, beside drift-guard and ESLint */
  constructor(packages: readonly string[] = []) {
    super();
    cpSync(path.join(repository, "fixtures/hq"), this.root, { recursive: true });
    this.write(
      "package.json",
      JSON.stringify({ name: "rawr-hq", private: true, type: "module", scripts: { lint: "eslint ." } }, undefined, 2),
    );
    this.write("pnpm-workspace.yaml", "packages:\n  - apps/*\n  - packages/*\n  - plugins/*/*\n");
    this.write(".gitignore", "node_modules/\n");
    this.takeRecipe("eslint/eslint.config.js", "eslint.config.js");
    this.#link(repository, "eslint-plugin-drift-guard");
    for (const name of ["eslint", ...packages]) this.#link(path.join(repository, "node_modules", name), name);
  }

  /** Copies a file out of `recipes/`, as its reader would. */
  takeRecipe(recipe: string, file: string): void {
    this.write(file, readFileSync(path.join(repository, "recipes", recipe), "utf8"));
  }

  /** Changes a file's text; the change must be one. */
  edit(file: string, from: string, to: string): void {
    const text = this.read(file);
    if (!text.includes(from)) throw new Error(`${file} has no ${JSON.stringify(from)}`);
    this.write(file, text.replace(from, to));
  }

  run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Outcome {
    return run(this.root, command, args, {
      PATH: `${this.at("node_modules/.bin")}:${process.env["PATH"] ?? ""}`,
      ...this.environment,
      ...env,
    });
  }

  /** Commits what is staged, as somebody at a keyboard does. */
  commit(): Outcome {
    return this.run("git", ["commit", "-m", "Change something"]);
  }

  #link(target: string, name: string): void {
    const link = this.at(`node_modules/${name}`);
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(target, link);
    for (const [command, file] of commandsOf(path.join(target, "package.json"), name)) {
      // A script, as package managers write them: a file that was built and not installed is not executable.
      this.write(`node_modules/.bin/${command}`, `#!/bin/sh\nexec node "${path.join(target, file)}" "$@"\n`);
      chmodSync(this.at(`node_modules/.bin/${command}`), 0o755);
    }
  }
}

/** Makes a folder a git repository with everything in it committed. */
export function commitAll({ root }: Folder): void {
  const steps = [
    ["init", "-q", "-b", "main"],
    ["config", "user.name", "Test"],
    ["config", "user.email", "test@example.org"],
    ["add", "-A"],
    ["commit", "-q", "-m", "Begin"],
  ];
  for (const args of steps) {
    const { code, output } = run(root, "git", args);
    if (code !== 0) throw new Error(output);
  }
}

function commandsOf(packageJson: string, name: string): readonly (readonly [string, string])[] {
  const { bin = {} } = JSON.parse(readFileSync(packageJson, "utf8")) as { readonly bin?: string | Readonly<Record<string, string>> };
  return typeof bin === "string" ? [[name, bin]] : Object.entries(bin);
}
