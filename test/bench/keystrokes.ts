/**
 * What an editor waits for: the answer of every rule about one file while somebody types in it. Prints the milliseconds of each stroke,
 * of processor time and as they go by.
 *
 * @remarks The file is asked about as ESLint does, without ESLint's own parsing; looking at the disk again, which is throttled, is part
 * of some strokes.
 */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { rules } from "../../rules/index.js";
import { Session } from "../../src/eslint/session.js";

const [root = ".", named = "", strokes = "12"] = process.argv.slice(2);
const file = resolve(root, named);
const saved = readFileSync(file, "utf8");
const session = new Session(rules);

function ask(text: string): { readonly cpu: number; readonly wall: number } {
  const [started, before] = [performance.now(), process.cpuUsage()];
  const question = { file, cwd: resolve(root), text, lint: {} };
  for (const rule of rules) session.ask(rule, question);
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / 1000, wall: performance.now() - started };
}

ask(saved);
const times = Array.from({ length: Number(strokes) }, (_, stroke) => ask(`${saved}\nexport const typed = "${"x".repeat(stroke + 1)}";\n`));
console.log(JSON.stringify(times));
