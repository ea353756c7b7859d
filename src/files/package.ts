import { readdirSync, statSync } from "node:fs";
import { foldersUpward, textAt } from "./disk.js";
import { hashText } from "./hash.js";

/** This package as it is installed. */
export interface OwnPackage {
  /** Absolute folder that holds its package.json. */
  readonly folder: string;
  readonly version: string;
}

/** Finds our own package: the nearest package.json above this module, whether that is a source or was built. */
export function ownPackage(): OwnPackage {
  for (const folder of foldersUpward(import.meta.dirname)) {
    const version = /"version":\s*"([^"]+)"/u.exec(textAt(`${folder}/package.json`) ?? "")?.[1];
    if (version !== undefined) return { folder, version };
  }
  throw new Error("The package eslint-plugin-drift-guard has lost its package.json.");
}

/**
 * Tells one state of drift-guard's code from another: what one has computed is no answer of the other.
 *
 * @remarks An installed package is what its version says. A checkout changes under its version, so its files' stamps count as well.
 */
export function ownCode(): string {
  const { folder, version } = ownPackage();
  if (/[\\/]node_modules[\\/]/u.test(folder)) return version;
  // The rooms and the rules stand beside each other, in the sources and when they are built.
  const top = /^[\\/]dist[\\/]/u.test(import.meta.dirname.slice(folder.length)) ? `${folder}/dist` : folder;
  const stamps = ["src", "rules"].flatMap((room) => [...stampsBelow(`${top}/${room}`)]);
  return `${version} ${hashText(stamps.join("\n"))}`;
}

function* stampsBelow(folder: string): Iterable<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* stampsBelow(path);
    else if (/(?<!\.d)\.[cm]?[jt]s$/u.test(entry.name)) {
      const { size, mtimeMs } = statSync(path);
      yield `${path} ${String(size)} ${String(mtimeMs)}`;
    }
  }
}
