import type { Piece, Text } from "./text.js";

/** Where an address leads: this system (`local`), wherever the configuration says (`open`), or a host that is spelled and not this one. */
export type Base = "local" | "open" | "external";

export interface Address {
  readonly base: Base;
  /** From the first `/` after the host; a hole reads as `\0`. */
  readonly path: string;
}

const HOLE = "\0";
const LOCAL = /^(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\]|host\.docker\.internal|[\w-]+\.localhost)(?::.*)?$/u;

/** Reads a text as an address; undefined where it is none. */
export function addressOf(text: Text): Address | undefined {
  const whole = text.map((piece) => piece.text ?? HOLE).join("");
  const { host, path: below } = /^(?:[a-z][a-z+]*:)?\/\/(?<host>[^/?#]*)(?<path>[/?#].*)?$/su.exec(whole)?.groups ?? {};
  if (host !== undefined) return { base: baseOf(host), path: below ?? "/" };
  if (whole.startsWith("/")) return { base: "local", path: whole };
  const { holes = "", path: after = "" } = /^(?<holes>\0*)(?<path>.*)$/su.exec(whole)?.groups ?? {};
  if (after.startsWith("/")) return { base: "open", path: after };
  // `localhost:3000/…` without scheme; a path below what the client has as its base.
  const bare = /^(?<host>[\w.-]+:\d+)(?<path>\/.*)$/su.exec(after)?.groups;
  if (holes === "" && bare?.host !== undefined && bare.path !== undefined) return { base: baseOf(bare.host), path: bare.path };
  return /^[\w-]+\//u.test(after) ? { base: "open", path: `/${after}` } : undefined;
}

/** The piece with which an address gets under a prefix. */
export function decisivePiece(text: Text, isThere: (address: Address) => boolean): Piece | undefined {
  return text.find((_, at) => {
    const address = addressOf(text.slice(0, at + 1));
    return address !== undefined && isThere(address);
  });
}

function baseOf(host: string): Base {
  if (/^[^\0:]+:\0+$/u.test(host)) return baseOf(host.replace(/:\0+$/u, ""));
  if (host.includes(HOLE)) return "open";
  return LOCAL.test(host) ? "local" : "external";
}
