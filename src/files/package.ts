import { foldersUpward, textAt } from "./disk.js";

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
