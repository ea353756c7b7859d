import { pathFrom } from "../files/named.js";
import type { Path } from "../files/path.js";
import type { Io } from "./io.js";

/** Where a file of the workspace can be read in a browser, when the environment tells (GitHub Actions does). */
export function linksIn(root: string, { env }: Io): ((file: Path, line: number) => string) | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: sha, GITHUB_WORKSPACE: checkout } = env;
  if (server === undefined || repository === undefined || sha === undefined || checkout === undefined) return undefined;
  const folder = pathFrom(checkout, root);
  if (folder === ".." || folder.startsWith("../")) return undefined;
  const base = [server, repository, "blob", sha, ...(folder === "" ? [] : [encodePath(folder)])].join("/");
  return (file, line) => `${base}/${encodePath(file)}#L${line}`;
}

function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
