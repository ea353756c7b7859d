import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Consumer } from "./consumer.js";
import { type LanguageServer, startLanguageServer } from "./language-server.js";

/** `line:character-line:character rule message`, lines and characters from 0 as editors have them. */
async function squiggles(server: LanguageServer, file: string): Promise<readonly string[]> {
  return (await server.diagnostics(file)).map(({ range: { start, end }, code, message }) => {
    return `${String(start.line)}:${String(start.character)}-${String(end.line)}:${String(end.character)} ${String(code)} ${message}`;
  });
}

describe("an editor with an ESLint language server", () => {
  let consumer: Consumer;
  let server: LanguageServer;
  beforeAll(async () => {
    consumer = new Consumer();
    server = await startLanguageServer(consumer.root);
  });
  afterAll(async () => {
    await server.stop();
    consumer.delete();
  });

  test("squiggles what is being typed into a TypeScript file, and stops when it is taken back", async () => {
    const file = consumer.at("packages/core/src/index.ts");
    const saved = consumer.read("packages/core/src/index.ts");
    await server.open(file, "typescript", saved);
    expect(await squiggles(server, file)).toEqual([]);

    const typed = "export const role = (plugin: { rawr: { templateRole?: string } }) => plugin.rawr.templateRole;";
    await server.change(file, `${saved}${typed}\n`);
    const line = String(saved.split("\n").length - 1);
    const squiggled = (start: number): unknown =>
      expect.stringMatching(
        new RegExp(`^${line}:${String(start)}-${line}:${String(start + 12)} drift-guard/no-legacy-metadata-key .*templateRole`, "u"),
      );
    expect(await squiggles(server, file)).toEqual([squiggled(typed.indexOf("templateRole")), squiggled(typed.lastIndexOf("templateRole"))]);

    await server.change(file, saved);
    expect(await squiggles(server, file)).toEqual([]);
  });

  test("squiggles package.json", async () => {
    const file = consumer.at("plugins/api/state/package.json");
    const saved = consumer.read("plugins/api/state/package.json");
    await server.open(file, "json", saved);
    expect(await squiggles(server, file)).toEqual([]);
    await server.change(file, saved.replace('"kind": "api"', '"kind": "web"'));
    expect(await squiggles(server, file)).toEqual([expect.stringMatching(/^\d+:12-\d+:17 drift-guard\/no-kind-mismatch .*"web"/u)]);
  });

  test("follows what happens in other files", async () => {
    const file = consumer.at("plugins/web/run-board/package.json");
    await server.open(file, "json", consumer.read("plugins/web/run-board/package.json"));
    expect(await squiggles(server, file)).toEqual([]);
    consumer.write("drift-guard.config.json", '{ "layout": { "pluginRoots": { "plugins/web/*": "agent" } } }\n');
    expect(await squiggles(server, file)).toEqual([expect.stringContaining("drift-guard/no-kind-mismatch")]);
    consumer.remove("drift-guard.config.json");
    expect(await squiggles(server, file)).toEqual([]);
  });
});
