import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { absoluteFolder, foldersUpward, gitTopOf, textAt } from "./disk.js";

/**
 * The workspace that a folder or file belongs to: where a drift-guard config stands, else where a workspace is defined, else the
 * top of the git repository, else the folder itself.
 */
export function findRoot(start: string): string {
  const folder = absoluteFolder(statSync(start, { throwIfNoEntry: false })?.isFile() === true ? dirname(start) : start);
  const above = [...foldersUpward(folder)];
  const configured = above.find((candidate) => existsSync(`${candidate}/drift-guard.config.json`));
  return configured ?? above.find(definesWorkspace) ?? gitTopOf(folder) ?? folder;
}

function definesWorkspace(folder: string): boolean {
  if (existsSync(`${folder}/pnpm-workspace.yaml`) || existsSync(`${folder}/nx.json`)) return true;
  const text = textAt(`${folder}/package.json`);
  return text !== undefined && hasWorkspaces(text);
}

function hasWorkspaces(packageJson: string): boolean {
  try {
    const value: unknown = JSON.parse(packageJson);
    return typeof value === "object" && value !== null && "workspaces" in value;
  } catch {
    // Broken JSON is reported later, with its line; here the root of a workspace must not be lost over it.
    return /"workspaces"\s*:/u.test(packageJson);
  }
}
