import type { CompositionMap } from "../workspace/composition/map.js";
import type { LedgerEntry } from "../workspace/bridges/ledger.js";
import type { Place } from "../workspace/workspace.js";
import type { MapFormat } from "./map-formats.js";
import { count } from "./words.js";

/** Draws the composition of a workspace. */
export function renderMap(format: MapFormat, map: CompositionMap): string {
  if (format === "json") return `${JSON.stringify(map, (_, value: unknown) => (isPlace(value) ? { file: value.file, line: value.line } : value), 2)}\n`;
  return format === "mermaid" ? mermaid(map) : html(map);
}

/** A place says where to look; columns and ends are for editors. */
function isPlace(value: unknown): value is Place {
  return typeof value === "object" && value !== null && "file" in value && "endLine" in value;
}

/** A flowchart from what stands behind the manifest to the tests of what it serves. */
function mermaid({ manifest, owners, seams, mounts, families, bridges }: CompositionMap): string {
  const id = (kind: string, list: readonly unknown[], item: unknown): string => `${kind}${String(list.indexOf(item))}`;
  const lines = ["flowchart LR", `  manifest[${quoted(manifest ?? "no manifest")}]`];
  for (const owner of owners) lines.push(`  ${id("owner", owners, owner)}[${quoted(owner.name)}]`);
  for (const seam of seams) {
    lines.push(`  ${id("seam", seams, seam)}([${quoted(seam.path)}])`, `  manifest --> ${id("seam", seams, seam)}`);
    for (const owner of owners) if (seam.owners.includes(owner.folder)) lines.push(`  ${id("owner", owners, owner)} -.-> ${id("seam", seams, seam)}`);
  }
  for (const mount of mounts) {
    const paths = mount.paths.length === 0 ? "an unknown path" : mount.paths.join(", ");
    lines.push(`  ${id("mount", mounts, mount)}[/${quoted(`${mount.methods} ${paths}`)}/]`);
    for (const seam of seams) if (mount.seams.includes(seam.path)) lines.push(`  ${id("seam", seams, seam)} --> ${id("mount", mounts, mount)}`);
  }
  for (const family of families) {
    lines.push(`  ${id("family", families, family)}{{${quoted(`${family.name}: ${family.prefix}`)}}}`);
    for (const mount of mounts) if (mount.family === family.name) lines.push(`  ${id("mount", mounts, mount)} --> ${id("family", families, family)}`);
  }
  const tests = [...new Set(families.flatMap((family) => family.tests))].sort();
  for (const test of tests) {
    lines.push(`  ${id("test", tests, test)}>${quoted(test)}]`);
    for (const family of families) if (family.tests.includes(test)) lines.push(`  ${id("family", families, family)} --> ${id("test", tests, test)}`);
  }
  for (const bridge of bridges) lines.push(`  ${id("bridge", bridges, bridge)}[[${quoted(`bridge ${bridge.name}: ${termsOf(bridge).join("; ")}`)}]]`);
  return `${lines.join("\n")}\n`;
}

/** Whose a bridge is, when it goes, how old it is and who is still on it. */
function termsOf({ owner, criteria, since, days, importers }: LedgerEntry): readonly string[] {
  const age = since === undefined || days === undefined ? [] : [`since ${since}, ${count(days, "day")}`];
  return [owner ?? "no owner", criteria.length === 0 ? "no end" : `until ${criteria.join(" or ")}`, ...age, count(importers.length, "importer")];
}

/** A label; what Mermaid or a page would read as markup is written as the entity codes that it knows. */
function quoted(text: string): string {
  return `"${text.replace(/["#<>&]/gu, (character) => `#${String(character.codePointAt(0))};`)}"`;
}

/** A page of plain tables that needs nothing from the network. */
function html({ manifest, owners, seams, mounts, families, bridges }: CompositionMap): string {
  const place = ({ file, line }: Place): string => `${file}:${String(line)}`;
  const sections = [
    table("Seams", ["Seam", "Declared", "Behind it"], seams.map(({ path, at, owners: behind }) => [path, place(at), behind.join(", ")])),
    table("Mounts", ["Path", "Methods", "Mounted", "Family", "Seams"], mounts.map((one) => [one.paths.join(", "), one.methods, place(one.at), one.family ?? "", one.seams.join(", ")])),
    table("Families", ["Family", "Prefix", "Tests"], families.map(({ name, prefix, tests }) => [name, prefix, tests.join(", ")])),
    table("Plugins and packages", ["Name", "Folder", "Layer", "Capability"], owners.map(({ name, folder, layer, capability }) => [name, folder, layer, capability ?? ""])),
    table("Bridges", ["Bridge", "Said", "Owner", "Goes", "Since", "Days", "Importers"], bridges.map((one) => [one.name, place(one.at), one.owner ?? "", one.criteria.join(" or "), one.since ?? "", String(one.days ?? ""), one.importers.join(", ")])),
  ];
  const style = "body{font:14px system-ui;margin:2rem}table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.3rem .6rem;text-align:left}";
  const title = `Composition of ${escaped(manifest ?? "a workspace without manifest")}`;
  return `<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>${title}</title>\n<style>${style}</style>\n<h1>${title}</h1>\n${sections.join("\n")}\n</html>\n`;
}

function table(title: string, heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[], tag: string): string => `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join("")}</tr>`;
  return `<h2>${title}</h2>\n<table>\n${[row(heads, "th"), ...rows.map((cells) => row(cells, "td"))].join("\n")}\n</table>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/gu, (character) => `&#${String(character.codePointAt(0))};`);
}
