/** A package name and what is asked of the package. */
export interface PackageSpecifier {
  readonly name: string;
  /** `.` or `./x`. */
  readonly subpath: string;
}

/** Reads a bare specifier. */
export function readPackageSpecifier(specifier: string): PackageSpecifier {
  const segments = specifier.split("/");
  const name = segments.slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
  return { name, subpath: name.length === specifier.length ? "." : `.${specifier.slice(name.length)}` };
}

/** The scope of a package name, `@` included. */
export function scopeOf(name: string): string | undefined {
  return /^(@[^/]+)\//u.exec(name)?.[1];
}

/** Whether a specifier starts from the importing file. */
export function isRelative(specifier: string): boolean {
  return /^\.\.?(?:\/|$)/u.test(specifier);
}

/** Whether a specifier begins with a URL's scheme: `node:fs`, `https://…`, `virtual:x`; on Windows also a drive. */
export function hasScheme(specifier: string): boolean {
  return /^[a-z][a-z\d+.-]*:/iu.test(specifier);
}

/** A specifier without the query by which bundlers are told how to load it (`./x.ts?raw`). */
export function withoutQuery(specifier: string): string {
  const query = specifier.indexOf("?");
  return query <= 0 ? specifier : specifier.slice(0, query);
}
