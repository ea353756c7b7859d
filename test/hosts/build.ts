import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";

/** The repository's own folder. */
export const repository = path.resolve(import.meta.dirname, "../..");

/** Builds `dist` where it is older than the sources: what these tests run is what users get. */
export default function buildWhenStale(): void {
  const entry = path.join(repository, "dist/src/index.js");
  const sources = ["src", "rules", "build"].flatMap((folder) => filesBelow(path.join(repository, folder)));
  const changed = Math.max(...[...sources, path.join(repository, "tsconfig.build.json"), path.join(repository, "package.json")].map((file) => statSync(file).mtimeMs));
  if (existsSync(entry) && statSync(entry).mtimeMs >= changed) return;
  execFileSync("npm", ["run", "--silent", "build"], { cwd: repository, stdio: "inherit" });
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.c?[jt]s$/u.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
}
