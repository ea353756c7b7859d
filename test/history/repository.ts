import { execFileSync } from "node:child_process";
import { repositoryAround, type Repository } from "../../src/history/git.js";
import { Folder } from "../folder.js";

/** A git repository that a test may do anything in. */
export class TestRepository extends Folder {
  constructor(files: Readonly<Record<string, string>> = {}) {
    super(files);
    this.git("init", "-q", "-b", "main");
  }

  /** Runs git with nothing of the machine's or of a surrounding repository's configuration. */
  git(...args: readonly string[]): string {
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
    const who = ["-c", "user.name=Test", "-c", "user.email=test@example.invalid", "-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always"];
    return execFileSync("git", [...who, ...args], {
      cwd: this.root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...Object.fromEntries(inherited), GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" },
    });
  }

  /** Commits everything that is there. */
  commit(message = "change"): void {
    this.git("add", "--all");
    this.git("commit", "-q", "--allow-empty", "-m", message);
  }
}

/** The repository that a folder lies in, which must be there. */
export function around(root: string): Repository {
  const found = repositoryAround(root);
  if (found === undefined) throw new Error("no repository");
  return found;
}
