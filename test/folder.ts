import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A folder on disk that a test may do anything in. */
export class Folder implements Disposable {
  /** Absolute, links resolved. */
  readonly root: string;

  /** @param files texts by relative path */
  constructor(files: Readonly<Record<string, string>> = {}) {
    this.root = realpathSync(mkdtempSync(path.join(tmpdir(), "drift-guard-")));
    for (const [file, text] of Object.entries(files)) this.write(file, text);
  }

  at(file: string): string {
    return path.join(this.root, file);
  }

  write(file: string, text: string): void {
    mkdirSync(path.dirname(this.at(file)), { recursive: true });
    writeFileSync(this.at(file), text);
  }

  read(file: string): string {
    return readFileSync(this.at(file), "utf8");
  }

  /** Every file in it, sorted. */
  list(): readonly string[] {
    return readdirSync(this.root, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => path.relative(this.root, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"))
      .sort();
  }

  remove(file: string): void {
    rmSync(this.at(file), { recursive: true, force: true });
  }

  delete(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  [Symbol.dispose](): void {
    this.delete();
  }
}
