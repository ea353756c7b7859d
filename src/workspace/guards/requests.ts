import { label } from "./values.js";

/** Those that are the whole path which was asked for. */
const PATHS = /^(?:pathname|path|originalUrl)$/u;
/** Members of a request that say where it goes, not who sends it. */
const WHERE = /^(?:url|method|path|pathname|originalUrl|baseUrl|params|route|routePath|protocol)$/u;
const HEADERS = /^(?:headers|rawHeaders|header)$/u;
const COOKIES = /^(?:cookie|cookies|signedCookies)$/u;
/** Members of a framework's context that hold no part of the request. */
const OTHER = /^(?:env|store|server|set|executionCtx|bindings|log|app|status|error|redirect|server|decorator)$/u;

/** What reading a member of a request, or of what holds one, gives. */
export function requestMember(key: string | undefined): { readonly kind: "request" | "headers" | "some"; readonly labels: number } {
  if (key === undefined) return { kind: "some", labels: label.request | label.caller };
  if (HEADERS.test(key)) return { kind: "headers", labels: label.request | label.caller | label.header };
  if (COOKIES.test(key)) return { kind: "some", labels: label.request | label.caller | label.cookie };
  if (WHERE.test(key)) return { kind: "some", labels: label.request | (PATHS.test(key) ? label.path : 0) };
  if (OTHER.test(key)) return { kind: "some", labels: label.other };
  if (/^(?:request|req|raw)$/u.test(key)) return { kind: "request", labels: label.request | label.caller };
  return { kind: "some", labels: label.request | label.caller };
}

/** What a header tells of the caller. */
export function headerLabels(names: readonly string[] | undefined): number {
  const base = label.request | label.caller | label.header;
  return (names ?? []).reduce((all, name) => all | headerLabel(name), base);
}

function headerLabel(name: string): number {
  switch (name.toLowerCase()) {
    case "cookie":
    case "set-cookie":
      return label.cookie;
    case "user-agent":
    case "sec-ch-ua":
    case "sec-ch-ua-platform":
      return label.userAgent;
    case "authorization":
    case "proxy-authorization":
      return label.authorization;
    default:
      return 0;
  }
}
