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
 * @remarks Two installed copies of one version are the same wherever their files have the same sizes: package managers set the times. A
 * checkout changes under its version, so there the times count as well.
 */
export function ownCode(): string {
  const { folder, version } = ownPackage();
  const isInstalled = /[\\/]node_modules[\\/]/u.test(folder);
  // The rooms and the rules stand beside each other, in the sources and when they are built; a bundle puts modules elsewhere.
  const top = /^[\\/]dist(?:[\\/]|$)/u.test(import.meta.dirname.slice(folder.length)) ? `${folder}/dist` : folder;
  const stamps = ["src", "rules"].flatMap((room) => [...stampsBelow(top, room, !isInstalled)]);
  return `${version} ${hashText(stamps.join("\n"))}`;
}

function* stampsBelow(top: string, folder: string, withTimes: boolean): Iterable<string> {
  for (const entry of readdirSync(`${top}/${folder}`, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* stampsBelow(top, path, withTimes);
    else if (/(?<!\.d)\.[cm]?[jt]s$/u.test(entry.name)) {
      const { size, mtimeMs } = statSync(`${top}/${path}`);
      yield `${path} ${String(size)} ${withTimes ? String(mtimeMs) : ""}`;
    }
  }
}
