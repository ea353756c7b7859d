import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { rules } from "../../rules/index.js";
import { toPath } from "../../src/files/path.js";
import { judgedWith, pictureOf, saidBy, textsIn, World } from "./world.js";

it("holds on to no workspace but the last", async () => {
  const world = new World(rules);
  const texts = new Map(textsIn("fixtures/hq-shell"));
  const [file = ""] = [...texts.keys()].filter((name) => name.endsWith("index.ts"));
  const workspaces: WeakRef<object>[] = [];
  let base = world.base(pictureOf(texts));
  for (let save = 0; save < 5; save += 1) {
    texts.set(file, `// ${String(save)}\n${texts.get(file) ?? ""}`);
    const next = world.base(pictureOf(texts, base.picture), base.past());
    saidBy(next);
    judgedWith(next, toPath(file), "export {};\n", rules, []);
    workspaces.push(new WeakRef(next.heard()?.opened.workspace ?? next));
    base = next;
  }
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  // What a weak reference was asked for lives until the end of the turn.
  await new Promise((resolve) => setTimeout(resolve, 10));
  if (typeof collect === "function") collect();
  expect(workspaces.map((one) => one.deref() !== undefined)).toEqual([false, false, false, false, true]);
  expect(base.heard()).toBeDefined();
});
