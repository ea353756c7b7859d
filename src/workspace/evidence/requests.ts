import type { Located } from "../workspace.js";
import { textOf, type Answer, type Value } from "./value.js";

/** Functions and methods that send what they are given, or let an app answer it. */
const SENDS = /^(?:fetch|request|handle|inject|dispatch|call|get|post|put|patch|delete|del|head|options|send|axios|ky|got|ofetch|\$fetch|default|node-fetch|undici)$/u;
/** Ways to put a double in place of something. */
export const DOUBLES = /^(?:stubGlobal|spyOn|method|stub|replace|mock|fn)$/u;
/** Headers that every caller sends alike. */
const COMMON: ReadonlySet<string> = new Set(["content-type", "accept", "host", "content-length", "user-agent"]);

export function isSending(name: string): boolean {
  return SENDS.test(name);
}

/** The address among what a sending call is given. */
export function addressIn(name: string, passed: readonly Value[]): { readonly text: string; readonly init: Value | undefined } | undefined {
  for (const [at, value] of passed.entries()) {
    if (value.kind === "object") {
      const url = value.members.get("url") ?? value.members.get("path") ?? value.members.get("pathname");
      if (url !== undefined && pathOf(textOf(url)) !== undefined) return { text: textOf(url), init: value };
    } else if (value.kind === "primitive" || value.kind === "text") {
      const text = textOf(value);
      const isHandler = passed.slice(at + 1).some(({ kind }) => kind === "function");
      if (pathOf(text) !== undefined && !isHandler) return { text, init: passed.slice(at + 1).find(({ kind }) => kind === "object") };
    }
    // `request("POST", "/path")`; elsewhere the address comes first.
    if (at === 0 && !/^(?:request|call|dispatch|send)$/u.test(name)) return undefined;
  }
  return undefined;
}

/** What is asked for; undefined where a text is no address. */
export function pathOf(text: string): string | undefined {
  const below = /^(?:[a-z][a-z+]*:\/\/[^/]*|\0+)?(?<path>\/.*)$/su.exec(text)?.groups?.path;
  return below?.startsWith("//") === true ? undefined : below;
}

/** Makes the answer to a request; `how` says who answers. */
export function answerTo(url: string, init: Value | undefined, at: Located, how: Pick<Answer, "real" | "inProcess">): Answer {
  return { path: pathOf(url) ?? "\0", caller: callerIn(init), at, ...how };
}

/** Whether a call lets an app of this process answer. */
export function isInProcess(name: string, isMethod: boolean): boolean {
  return /^(?:handle|inject|dispatch|request)$/u.test(name) || (isMethod && name === "fetch");
}

/** The headers by which callers differ, in one text. */
function callerIn(init: Value | undefined): string | undefined {
  if (init === undefined || init.kind === "primitive") return "";
  if (init.kind !== "object") return undefined;
  const headers = init.members.get("headers");
  if (headers === undefined) return init.open ? undefined : "";
  if (headers.kind === "primitive") return "";
  const pairs = headers.kind === "object" ? [...headers.members] : headers.kind === "array" ? headers.items.flatMap((item) => (item.kind === "array" ? [[textOf(item.items[0] ?? item), item.items[1] ?? item] as const] : [])) : undefined;
  if (pairs === undefined || (headers.kind === "object" && headers.open)) return undefined;
  return pairs.map(([name, value]) => [name.toLowerCase(), textOf(value)] as const).filter(([name]) => !COMMON.has(name)).map((pair) => pair.join(": ")).toSorted().join("\n");
}
