import { isPlain, normalPath, plainPrefix } from "../mounts/route-path.js";

/** Where the requests go that are judged. */
export interface Route {
  /** Patterns, each with everything below it where `subtree` says so. */
  readonly paths: readonly string[];
  readonly subtree: boolean;
  /** The framework takes a path with a slash at its end for the same. */
  readonly loose: boolean;
}

/** Whether the path of every such request is a text; undefined where that depends on the request. */
export function isPath(route: Route, text: string): boolean | undefined {
  return agreed(route, (path, open) => {
    if (open) return text === path || text.startsWith(path === "/" ? path : `${path}/`) ? undefined : false;
    if (normalPath(text) !== path) return false;
    return route.loose ? undefined : text === path;
  });
}

/** Whether the path of every such request starts with a text; undefined where that depends on the request. */
export function startsPath(route: Route, text: string): boolean | undefined {
  return agreed(route, (path, open) => {
    if (path.startsWith(text)) return true;
    return open ? (text.startsWith(path) ? undefined : false) : `${path}/` === text ? undefined : false;
  });
}

/** What holds for every path; `open` for one that goes on below what is spelled. */
function agreed({ paths, subtree }: Route, holds: (path: string, open: boolean) => boolean | undefined): boolean | undefined {
  const answers = new Set(paths.map((path) => holds(plainPrefix(path), subtree || !isPlain(path))));
  const [answer] = answers;
  return answers.size === 1 ? answer : undefined;
}
