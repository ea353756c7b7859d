import type { Reading } from "./expectations.js";
import { isIn } from "./expectations.js";
import { lift, not, NOTHING, operate, primitive, some, all, textOf, toText, truth, UNKNOWN, type Value } from "./value.js";

const MAX_ITEMS = 500;

/** A member of a value, without running code. */
export function memberOf(of: Value, key: string): Value {
  switch (of.kind) {
    case "object":
      return of.members.get(key) ?? (of.open ? UNKNOWN : NOTHING);
    case "array":
      if (key === "length") return primitive(of.items.length);
      return /^\d+$/u.test(key) ? (of.items[Number(key)] ?? NOTHING) : UNKNOWN;
    case "set":
      return key === "size" ? primitive(of.items.length) : UNKNOWN;
    case "response":
      if (key === "status" || key === "statusCode" || key === "code") return { kind: "depends", on: of.answer, of: (status) => primitive(status) };
      if (key === "ok") return { kind: "depends", on: of.answer, of: (status) => primitive(status >= 200 && status < 300) };
      return key === "response" || key === "res" || key === "raw" || key === "error" ? of : UNKNOWN;
    case "request":
      return key === "url" ? toText(of.url) : UNKNOWN;
    case "text":
      return key === "href" || key === "url" ? of : UNKNOWN;
    case "primitive":
      if (typeof of.value !== "string") return UNKNOWN;
      if (key === "length") return primitive(of.value.length);
      return key === "href" ? of : UNKNOWN;
    case "block":
      return key === "describe" ? { ...of, role: "suite" } : key === "step" ? of : { ...of, marks: [...of.marks, key] };
    case "native":
      if (of.name === "globalThis" || of.name === "window" || of.name === "global" || of.name === "self") return { kind: "native", name: key };
      return of.name === "expect" && key === "soft" ? of : { kind: "native", name: `${of.name}.${key}` };
    default:
      return UNKNOWN;
  }
}

/** A method of the language; undefined where it is none, or nothing is known of its receiver. */
export function methodOf(of: Value, key: string, passed: readonly Value[], reading: Reading): Value | undefined {
  const [first = UNKNOWN] = passed;
  if (of.kind === "array" || of.kind === "set") return listMethod(of.items, key, passed, reading) ?? (of.kind === "set" && key === "has" ? isIn(first, of, reading.member.bind(reading)) : undefined);
  if (of.kind === "regex" && key === "test") return lift([first], ([one = UNKNOWN]) => (one.kind === "primitive" ? primitive(of.regex.test(String(one.value))) : UNKNOWN));
  if (of.kind === "primitive" || of.kind === "text") return textMethod(of, key, passed);
  if (of.kind === "depends" && /^(?:toString|valueOf|toFixed)$/u.test(key)) return lift([of], ([one = UNKNOWN]) => (key === "valueOf" ? one : primitive(textOf(one))));
  if (of.kind === "depends") return lift([of, ...passed], ([one = UNKNOWN, ...others]) => textMethod(one, key, others) ?? UNKNOWN);
  if (of.kind === "request" && key === "clone") return of;
  if (of.kind === "object" && !of.members.has(key)) {
    if (key === "get" || key === "has") {
      const found = of.members.get(textOf(first));
      return key === "has" ? primitive(found !== undefined) : (found ?? (of.open ? UNKNOWN : NOTHING));
    }
    if (key === "set" || key === "append") {
      of.members.set(textOf(first), passed[1] ?? UNKNOWN);
      return of;
    }
    if (key === "entries") return builtin("Object.entries", [of], reading);
    if (key === "forEach") {
      for (const [name, value] of of.members) reading.call(first, [value, primitive(name)]);
      return NOTHING;
    }
  }
  return of.kind === "native" ? builtin(`${of.name}.${key}`, passed, reading) : undefined;
}

function listMethod(items: readonly Value[], key: string, passed: readonly Value[], reading: Reading): Value | undefined {
  const [first = UNKNOWN] = passed;
  const results = (): readonly Value[] => items.slice(0, MAX_ITEMS).map((item, at) => reading.call(first, [item, primitive(at)]));
  switch (key) {
    case "forEach":
      results();
      return NOTHING;
    case "map":
      return { kind: "array", items: results() };
    case "flatMap":
      return { kind: "array", items: results().flatMap((item) => (item.kind === "array" ? item.items : [item])) };
    case "filter": {
      const kept = first.kind === "native" && first.name === "Boolean" ? items : results();
      return { kind: "array", items: items.filter((_, at) => truth(kept[at] ?? UNKNOWN) !== false) };
    }
    case "find": {
      const kept = results();
      const at = kept.findIndex((one) => truth(one) === true);
      return at >= 0 && !kept.slice(0, at).some((one) => truth(one) === undefined) ? (items[at] ?? NOTHING) : kept.every((one) => truth(one) === false) ? NOTHING : UNKNOWN;
    }
    case "some":
      return some(results());
    case "every":
      return all(results());
    case "includes":
      return isIn(first, { kind: "array", items }, reading.member.bind(reading));
    case "indexOf":
      return lift([isIn(first, { kind: "array", items }, reading.member.bind(reading))], ([one = UNKNOWN]) => (truth(one) === undefined ? UNKNOWN : primitive(truth(one) === true ? 0 : -1)));
    case "concat":
      return { kind: "array", items: [...items, ...passed.flatMap((one) => (one.kind === "array" ? one.items : [one]))] };
    case "slice":
      return passed.every((one) => one.kind === "primitive") ? { kind: "array", items: items.slice(...passed.flatMap((one) => (one.kind === "primitive" && typeof one.value === "number" ? [one.value] : []))) } : UNKNOWN;
    case "flat":
      return { kind: "array", items: items.flatMap((one) => (one.kind === "array" ? one.items : [one])) };
    case "entries":
      return { kind: "array", items: items.map((item, at): Value => ({ kind: "array", items: [primitive(at), item] })) };
    case "values":
    case "toSorted":
    case "sort":
    case "reverse":
    case "toReversed":
      return { kind: "array", items };
    case "join":
      return toText(items.map(textOf).join(passed.length === 0 ? "," : textOf(first)));
    case "at":
      return first.kind === "primitive" && typeof first.value === "number" ? (items.at(first.value) ?? NOTHING) : UNKNOWN;
    default:
      return undefined;
  }
}

function textMethod(of: Value, key: string, passed: readonly Value[]): Value | undefined {
  const text = textOf(of);
  const given = passed.map(textOf);
  const isKnown = of.kind === "primitive" && typeof of.value === "string" && !given.some((one) => one.includes("\0"));
  const [first = "", second = ""] = given;
  switch (key) {
    case "toString":
    case "valueOf":
    case "trim":
      return toText(text.trim());
    case "concat":
      return toText(text + given.join(""));
    case "startsWith":
      return isKnown || text.slice(0, first.length).length === first.length && !text.slice(0, first.length).includes("\0") ? primitive(text.startsWith(first)) : UNKNOWN;
    case "endsWith":
      return isKnown ? primitive(text.endsWith(first)) : UNKNOWN;
    case "includes":
      return isKnown ? primitive(text.includes(first)) : UNKNOWN;
    case "toUpperCase":
      return isKnown ? primitive(text.toUpperCase()) : UNKNOWN;
    case "toLowerCase":
      return isKnown ? primitive(text.toLowerCase()) : UNKNOWN;
    case "replace":
    case "replaceAll": {
      const [pattern] = passed;
      if (pattern?.kind === "regex") return toText(text.replace(pattern.regex, second));
      return toText(key === "replace" ? text.replace(first, second) : text.replaceAll(first, second));
    }
    case "split":
      return isKnown ? { kind: "array", items: text.split(first).map(primitive) } : UNKNOWN;
    default:
      return undefined;
  }
}

/** Functions of the platform that tables and addresses are made with; undefined for others. */
export function builtin(name: string, passed: readonly Value[], reading: Reading): Value | undefined {
  const [first = UNKNOWN, second] = passed;
  const entries = (): readonly (readonly [string, Value])[] | undefined => (first.kind === "object" ? [...first.members] : first.kind === "array" ? first.items.map((item, at) => [String(at), item] as const) : undefined);
  switch (name) {
    case "Object.entries":
      return { kind: "array", items: (entries() ?? []).map(([key, value]): Value => ({ kind: "array", items: [primitive(key), value] })) };
    case "Object.values":
      return { kind: "array", items: (entries() ?? []).map(([, value]) => value) };
    case "Object.keys":
      return { kind: "array", items: (entries() ?? []).map(([key]) => primitive(key)) };
    case "Object.fromEntries":
    case "new Map":
    case "new Headers": {
      const pairs = first.kind === "array" ? first.items.flatMap((item) => (item.kind === "array" ? [[textOf(item.items[0] ?? UNKNOWN), item.items[1] ?? UNKNOWN] as const] : [])) : (entries() ?? []);
      return { kind: "object", members: new Map(pairs), open: first.kind === "unknown" && passed.length > 0 };
    }
    case "Object.assign":
    case "Object.freeze":
    case "structuredClone":
    case "Promise.resolve":
    case "Promise.all":
    case "Promise.race":
    case "Promise.any":
    case "Array.from":
      if (name === "Array.from" && second !== undefined) return listMethod(first.kind === "array" || first.kind === "set" ? first.items : [], "map", [second], reading);
      if (name === "Object.assign" && first.kind === "object") {
        const members = new Map(passed.flatMap((one) => (one.kind === "object" ? [...one.members] : [])));
        return { kind: "object", members, open: passed.some((one) => one.kind !== "object" || one.open) };
      }
      return first.kind === "set" ? { kind: "array", items: first.items } : first;
    case "Array.of":
      return { kind: "array", items: passed };
    case "new Set":
      return first.kind === "array" || first.kind === "set" ? { kind: "set", items: first.items } : UNKNOWN;
    case "String":
      return lift([first], ([one = UNKNOWN]) => toText(textOf(one)));
    case "Number":
    case "parseInt":
      return lift([first], ([one = UNKNOWN]) => (one.kind === "primitive" ? primitive(Number(one.value)) : UNKNOWN));
    case "Boolean":
      return not(not(first));
    case "Math.floor":
    case "Math.trunc":
    case "Math.round":
      return lift([first], ([one = UNKNOWN]) => (one.kind === "primitive" && typeof one.value === "number" ? primitive(name === "Math.round" ? Math.round(one.value) : Math.floor(one.value)) : UNKNOWN));
    case "Object.is":
      return operate("===", first, second ?? UNKNOWN);
    case "encodeURIComponent":
    case "encodeURI":
      return first.kind === "primitive" ? primitive(encodeURI(String(first.value))) : toText(textOf(first));
    case "new URL":
    case "URL.parse":
      return toText(urlOf(textOf(first), second === undefined ? undefined : textOf(second)));
    default:
      return undefined;
  }
}

/** A URL put together from a path and its base. */
function urlOf(text: string, base: string | undefined): string {
  if (base === undefined || /^[a-z][a-z+]*:\/\//u.test(text)) return text;
  const origin = /^[a-z][a-z+]*:\/\/[^/\0]*/u.exec(base)?.[0] ?? "\0";
  return text.startsWith("/") ? origin + text : `${base.replace(/\/[^/]*$/u, "")}/${text}`;
}
