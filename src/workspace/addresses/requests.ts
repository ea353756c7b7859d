import { walk, type Cursor } from "../../facts/cursor.js";
import type { Argument, Expression } from "../../facts/expression.js";
import type { Path } from "../../files/path.js";
import { part, type End, type Ground, type Sight, type Sighting } from "./sight.js";

type Call = Extract<Expression, { kind: "call" | "new" }>;

/** A call that addresses something over the network. */
export interface RequestCall {
  readonly call: Sight & { readonly expression: Call };
  /** `fetch`, `RPCLink`, `axios.get`: as people call it. */
  readonly name: string;
  /** The expression that spells where it goes. */
  readonly address: Sight;
  /** What the client puts before it. */
  readonly base?: Sight;
}

/** Names that code which addresses something spells; by outlines alone, a file without any of them sends nothing. */
export const REQUEST_NAMES: ReadonlySet<string> = new Set([
  "fetch", "fetchFn", "fetchImpl", "fetcher", "customFetch", "$fetch", "ofetch", "axios", "ky", "got", "undici", "superagent", "RPCLink", "OpenAPILink", "Request", "sendBeacon", "EventSource", "WebSocket",
  "XMLHttpRequest", "ajax", "useSWR", "useFetch", "baseURL", "prefixUrl", "http", "https",
]);

const FETCHES = /^(?:fetch|fetchFn|fetchImpl|customFetch|\$fetch|ofetch)$/u;
const CLIENT_MODULES = /^(?:axios|ky|ky-universal|got|undici|ofetch|superagent|node-fetch|node-fetch-native|cross-fetch|isomorphic-fetch|isomorphic-unfetch|wretch|phin|needle|(?:node:)?https?)$/u;
const METHODS = /^(?:get|post|put|patch|delete|del|head|options|request|fetch|stream|native|raw)$/u;
const MAKERS = /^(?:create|extend|defaults|instance)$/u;
const CONSTRUCTED = /^(?:RPCLink|OpenAPILink|WebSocket|EventSource|Request)$/u;
const GLOBAL_OBJECTS = /^(?:window|globalThis|self|global)$/u;
const URL_KEYS = ["url", "baseURL", "baseUrl", "prefixUrl", "endpoint", "uri", "origin", "path", "pathname"] as const;
/** Methods that give each element of a list to what sends it. */
const EACH = /^(?:map|forEach|flatMap)$/u;
const CLIENT_FACTORY = /^create\w*Client$/u;

/** Whether a module offers functions that send requests. */
export function isClientModule(specifier: string): boolean {
  return CLIENT_MODULES.test(specifier);
}

/** Finds the calls of a file that address something. */
export function* requestsIn(ground: Ground, sighting: Sighting, file: Path): Generator<RequestCall> {
  const body = ground.body(file);
  if (body === undefined) return;
  const cursors = walk(body);
  const handed = new Set(cursors.flatMap((cursor) => (cursor.of === "expression" && cursor.node.kind === "reference" && isPassedOn(cursor) ? [body.bindings[cursor.node.binding]?.value] : [])));
  for (const cursor of cursors) {
    if (cursor.of !== "expression" || (cursor.node.kind !== "call" && cursor.node.kind !== "new")) continue;
    const call = { file, expression: cursor.node };
    const found = cursor.node.kind === "new" ? constructed(call, isPassedOn(cursor) || handed.has(cursor.node), sighting) : called(call, cursor.node, sighting);
    if (found === undefined) continue;
    yield found;
    for (const path of pathsPutInto(found.address.expression, cursors)) yield { ...found, address: part(found.address, path) };
  }
}

/** The paths that are put into a URL after it is made: `url.pathname = "/x"`. */
function pathsPutInto(address: Expression, cursors: readonly Cursor[]): readonly Expression[] {
  const url = address.kind === "member" ? address.object : address.kind === "call" && address.callee.kind === "member" ? address.callee.object : address;
  if (url.kind !== "reference") return [];
  return cursors.flatMap((cursor) => {
    if (cursor.of !== "expression" || cursor.node.kind !== "assign") return [];
    const { target, value } = cursor.node;
    const isPath = target.kind === "member" && target.key.kind === "string" && /^(?:pathname|href)$/u.test(target.key.value);
    return isPath && target.object.kind === "reference" && target.object.binding === url.binding ? [value] : [];
  });
}

function constructed(call: RequestCall["call"], isHandedOn: boolean, sighting: Sighting): RequestCall | undefined {
  const { expression } = call;
  const name = calleeName(call, sighting, CONSTRUCTED);
  const [first] = expression.arguments;
  if (name === undefined || first === undefined || expression.arguments.some(({ spread }) => spread)) return undefined;
  // A request that an app answers in this process goes nowhere, and one that `fetch` sends is seen there.
  if (name === "Request" && isHandedOn) return undefined;
  const given = part(call, first.value);
  // A link takes its options first, or after the contract.
  const options = name.endsWith("Link") ? expression.arguments.map(({ value }) => option(part(call, value), sighting)) : [given];
  const address = options.find((one) => one !== undefined);
  return address === undefined ? undefined : { call, name, address };
}

function called(call: RequestCall["call"], node: Extract<Expression, { kind: "call" }>, sighting: Sighting): RequestCall | undefined {
  const { callee } = node;
  const [first, second] = node.arguments;
  if (first === undefined || first.spread) return undefined;
  const given = part(call, first.value);
  if (callee.kind === "member" && callee.key.kind === "string") {
    const key = callee.key.value;
    if (key === "ajax") {
      const address = first.value.kind === "object" ? option(given, sighting) : given;
      return address === undefined ? undefined : { call, name: "ajax", address };
    }
    if (EACH.test(key) && isFetch(given, sighting)) return { call, name: "fetch", address: part(call, { kind: "element", of: callee.object, span: callee.object.span }) };
    if (key === "sendBeacon") return { call, name: "navigator.sendBeacon", address: given };
    if (key === "fetch" && callee.object.kind === "global" && GLOBAL_OBJECTS.test(callee.object.name)) return { call, name: "fetch", address: given };
    if (key === "open" && second !== undefined && isInstance(part(call, callee.object), "XMLHttpRequest", sighting)) return { call, name: "XMLHttpRequest", address: part(call, second.value) };
    if (FETCHES.test(key) && given.expression.kind !== "object" && isHanded(part(call, callee.object), sighting)) return { call, name: key, address: given };
    if (METHODS.test(key) || MAKERS.test(key)) {
      for (const end of sighting.ends(part(call, callee.object))) {
        const client = clientOf(end, sighting);
        if (client === undefined) continue;
        if (MAKERS.test(key)) return undefined;
        const address = first.value.kind === "object" ? option(given, sighting) : given;
        if (address !== undefined) return { call, name: `${client.name}.${key}`, address, ...(client.base !== undefined && { base: client.base }) };
      }
    }
    return undefined;
  }
  for (const end of sighting.ends(part(call, callee))) {
    const { expression, external } = end;
    if (expression.kind === "global" && external === undefined && FETCHES.test(expression.name)) return { call, name: expression.name, address: given };
    if (expression.kind === "member" && expression.key.kind === "string" && expression.key.value === "fetch") return { call, name: "fetch", address: given };
    if (external !== undefined && CLIENT_MODULES.test(external.module)) {
      const address = first.value.kind === "object" ? option(given, sighting) : given;
      if (address !== undefined) return { call, name: external.name === "default" ? external.module : external.name, address };
    }
    const client = clientOf(end, sighting);
    if (client !== undefined) {
      const address = first.value.kind === "object" ? option(given, sighting) : given;
      if (address !== undefined) return { call, name: client.name, address, ...(client.base !== undefined && { base: client.base }) };
    }
    if (external !== undefined && /^use(?:SWR|Fetch)$/u.test(nameOf(callee) ?? "")) return { call, name: nameOf(callee) ?? "useSWR", address: given };
  }
  const name = nameOf(callee);
  if (name === undefined) return undefined;
  // A `fetch` that is handed in, and factories of clients that packages offer.
  if (FETCHES.test(name) && callee.kind === "reference" && sighting.ends(part(call, callee)).every(({ expression }) => expression.kind !== "function")) return { call, name, address: given };
  if (CLIENT_FACTORY.test(name) && sighting.ends(part(call, callee)).some(({ external }) => external !== undefined)) {
    const address = option(given, sighting);
    if (address !== undefined) return { call, name, address };
  }
  return undefined;
}

function isFetch(at: Sight, sighting: Sighting): boolean {
  return sighting.ends(at).some(({ expression, external }) => expression.kind === "global" && external === undefined && FETCHES.test(expression.name));
}

/** A client with what it puts before every path. */
function clientOf(end: End, sighting: Sighting): { readonly name: string; readonly base?: Sight } | undefined {
  const { external, expression } = end;
  if (external !== undefined) return CLIENT_MODULES.test(external.module) ? { name: external.module } : undefined;
  if (expression.kind === "new") return made(end, expression, sighting);
  if (expression.kind !== "call") return undefined;
  const { callee } = expression;
  const isMaker = callee.kind === "member" && callee.key.kind === "string" && MAKERS.test(callee.key.value);
  if (!isMaker) return undefined;
  const [first] = expression.arguments;
  for (const one of sighting.ends(part(end, callee.object))) {
    const client = clientOf(one, sighting);
    if (client === undefined) continue;
    const base = first === undefined ? undefined : option(part(end, first.value), sighting);
    return base === undefined ? client : { ...client, base };
  }
  return undefined;
}

/** A client that a package's class makes: `new Client("http://localhost:3000")`. */
function made(end: End, { callee, arguments: list }: Extract<Expression, { kind: "new" }>, sighting: Sighting): { readonly name: string; readonly base?: Sight } | undefined {
  const [first] = list;
  const module = sighting.ends(part(end, callee)).find(({ external }) => external !== undefined && CLIENT_MODULES.test(external.module))?.external?.module;
  return module === undefined ? undefined : { name: module, ...(first !== undefined && { base: part(end, first.value) }) };
}

/** The option of a client that says where it goes; the text itself where it is none. */
function option(given: Sight, sighting: Sighting): Sight | undefined {
  if (given.expression.kind === "object") {
    for (const entry of given.expression.entries) {
      if (entry.kind === "property" && entry.key.kind === "string" && URL_KEYS.some((key) => entry.key.kind === "string" && entry.key.value === key)) return lazily(part(given, entry.value));
    }
  }
  for (const key of URL_KEYS) {
    const [found] = sighting.property(given, key);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A URL that is a function of the call: what it returns. */
function lazily(at: Sight): Sight {
  if (at.expression.kind !== "function") return at;
  const { span } = at.expression;
  return part(at, { kind: "call", callee: at.expression, arguments: [], optional: false, span });
}

function calleeName(call: RequestCall["call"], sighting: Sighting, wanted: RegExp): string | undefined {
  const { callee } = call.expression;
  for (const { expression, external } of sighting.ends(part(call, callee))) {
    const name = external?.name.split(".").at(-1) ?? nameOf(expression);
    if (name !== undefined && wanted.test(name)) return name;
  }
  return undefined;
}

function nameOf(node: Expression): string | undefined {
  if (node.kind === "global" || node.kind === "reference") return node.name;
  return node.kind === "member" && node.key.kind === "string" ? node.key.value : undefined;
}

function isInstance(at: Sight, name: string, sighting: Sighting): boolean {
  return sighting.ends(at).some(({ expression }) => expression.kind === "new" && nameOf(expression.callee) === name);
}

/** Whether something comes from outside the code: a parameter or what hangs on one, so that its `fetch` is the one of the platform. */
function isHanded(at: Sight, sighting: Sighting): boolean {
  return at.expression.kind === "reference" && /^(?:options?|opts|deps|dependencies|config|input|ctx|context|env|http)$/u.test(at.expression.name) && sighting.ends(at).every(({ expression, external }) => external === undefined && expression.kind === "parameter");
}

/** Whether an expression is an argument of a call. */
function isPassedOn({ node, parent }: Cursor): boolean {
  return parent?.of === "expression" && (parent.node.kind === "call" || parent.node.kind === "new") && parent.node.arguments.some(({ value }: Argument) => value === node);
}
