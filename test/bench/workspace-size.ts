import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** How large a workspace is. */
export interface Size {
  /** Source files. */
  readonly files: number;
  readonly bytes: number;
  /** One of its ordinary modules, absolute. */
  readonly module: string;
}

/** Counts the source files below a folder. */
export function sizeOf(root: string): Size {
  let [files, bytes, module] = [0, 0, ""];
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && entry.name !== "node_modules" && entry.name !== ".git") visit(path);
      if (!entry.isFile() || !/\.[cm]?[jt]sx?$/u.test(entry.name)) continue;
      files += 1;
      const { size } = statSync(path);
      bytes += size;
      if (module === "" && /[\\/]packages[\\/]/u.test(path) && /(?<!\.test)\.ts$/u.test(path) && entry.name !== "index.ts" && size > 2000) module = path;
    }
  };
  visit(root);
  return { files, bytes, module };
}
