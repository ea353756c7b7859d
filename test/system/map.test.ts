import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";

const project = path.resolve(import.meta.dirname, "../..");
const chromium = "/usr/bin/chromium";
const folder = mkdtempSync(path.join(tmpdir(), "drift-guard-map-"));
const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--allow-file-access-from-files",
  "--virtual-time-budget=20000",
];

beforeAll(() => {
  if (existsSync(chromium)) return;
  execFileSync("apt-get", ["update"], { stdio: "ignore" });
  execFileSync("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], { stdio: "ignore" });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it.each(["hq", "hq-shell", "hq-drifted"])("mermaid draws the map of fixtures/%s in a browser", (fixture) => {
  const map = execFileSync("node", ["dist/src/cli/bin.js", "map", "--root", `fixtures/${fixture}`, "--format", "mermaid"], { cwd: project, encoding: "utf8" });
  const svg = /<svg[\s\S]*<\/svg>/u.exec(dumpOf(pageOf(map)))?.[0] ?? "";
  const labels = [...map.matchAll(/"(?<label>[^"]*)"/gu)].map(({ groups }) => unspaced((groups?.["label"] ?? "").replace(/#(\d+);/gu, (_, code: string) => String.fromCodePoint(Number(code)))));
  expect(labels.length).toBeGreaterThan(5);
  expect(labels.filter((label) => !textOf(svg).includes(label))).toEqual([]);
});

it("notices text that is no diagram", () => {
  expect(dumpOf(pageOf("flowchart LR\n  a[unclosed --> b"))).not.toContain("<svg id=");
});

/** A page that asks Mermaid to draw a diagram, and puts nothing there when it cannot. */
function pageOf(diagram: string): string {
  const script = path.join(path.dirname(createRequire(import.meta.url).resolve("mermaid/package.json")), "dist/mermaid.min.js");
  const source = JSON.stringify(diagram).replaceAll("<", "\\u003c");
  return `<!doctype html><meta charset="utf-8"><body><main></main><script>${readFileSync(script, "utf8").replaceAll("</script", "<\\/script")}</script>
<script>mermaid.initialize({ startOnLoad: false, flowchart: { htmlLabels: false } });
mermaid.render("map", ${source}).then(({ svg }) => { document.querySelector("main").innerHTML = svg; }, (error) => { document.body.replaceChildren(String(error)); });</script></body>`;
}

function dumpOf(page: string): string {
  const file = path.join(folder, "map.html");
  writeFileSync(file, page);
  const profile = mkdtempSync(path.join(folder, "profile-"));
  const dump = execFileSync(chromium, [...flags, `--user-data-dir=${profile}`, "--dump-dom", pathToFileURL(file).href], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024, stdio: ["ignore", "pipe", "ignore"] });
  return dump.replace(/<script>[\s\S]*?<\/script>/gu, "");
}

/** The text that a drawing shows; a label may be broken into lines, so white space is left out. */
function textOf(svg: string): string {
  const text = svg.replace(/<style[\s\S]*?<\/style>/gu, "").replace(/<\/text>/gu, "\n").replace(/<[^>]*>/gu, "");
  return unspaced(text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&"));
}

function unspaced(text: string): string {
  return text.replace(/\s+/gu, "");
}
