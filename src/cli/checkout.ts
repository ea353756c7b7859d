import { pathFrom } from "../files/named.js";
import type { ReportOptions } from "../reporters/report-options.js";
import type { Io } from "./io.js";

/** How the repository around a workspace names and shows its files, as far as the environment tells (GitHub Actions does). */
export function checkoutAround(root: string, { env }: Io): Pick<ReportOptions, "pathInRepository" | "linkTo"> {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: commit, GITHUB_WORKSPACE: checkout } = env;
  if (checkout === undefined) return {};
  const folder = pathFrom(checkout, root);
  if (folder === ".." || folder.startsWith("../")) return {};
  const pathInRepository = (file: string): string => (folder === "" ? file : `${folder}/${file}`);
  if (server === undefined || repository === undefined || commit === undefined) return { pathInRepository };
  const base = [server, repository, "blob", commit].join("/");
  return { pathInRepository, linkTo: (file, line) => `${base}/${encodePath(pathInRepository(file))}#L${line}` };
}

function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
