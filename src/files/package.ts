import { createRequire } from "node:module";
import { dirname } from "node:path";
import { textAt } from "./disk.js";

/** This package as it is installed. */
export interface OwnPackage {
  /** Absolute folder that holds its package.json. */
  readonly folder: string;
  readonly version: string;
}

/** Finds our own package by its name, so that it does not matter whether sources or the build are running. */
export function ownPackage(): OwnPackage {
  const file = createRequire(import.meta.url).resolve("eslint-plugin-drift-guard/package.json");
  const version = /"version":\s*"([^"]+)"/u.exec(textAt(file) ?? "")?.[1] ?? "0.0.0";
  return { folder: dirname(file), version };
}
