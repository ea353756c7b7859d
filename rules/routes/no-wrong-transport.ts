import { defineRule } from "../../src/rule/rule.js";
import type { AddressedCall } from "../../src/workspace/addresses.js";
import type { Place, Workspace } from "../../src/workspace/workspace.js";
import { familiesOf, isSharedClient, links, routes, stepAt, type NamedFamily, type RoutesSlice } from "./family.js";

/** A caller on the wrong road gets guarantees that nobody gave: what is meant for others changes, and is guarded, for others. */
export const noWrongTransport = defineRule({
  name: "no-wrong-transport",
  family: routes,
  summary: "First-party callers use the first-party routes through the shared client, server and package code calls no route of this system, and nobody calls the runtime ingress.",
  decisions: ["D-007"],
  languages: ["source"],
  fixable: false,
  severity: "error",
  messages: {
    ingress: 'Nobody but the runtime calls "{{path}}" of the family {{family}} (by {{by}}).',
    published: 'First-party code must not call "{{path}}" of the family {{family}} (by {{by}}); it is meant for others.',
    raw: 'First-party code calls "{{path}}" by {{by}} instead of the shared client ({{client}}).',
    self: 'Server and package code must not call "{{path}}" of the family {{family}} over HTTP (by {{by}}).',
  },
  help: {
    ingress: "Send an event to the runtime, or call what the function does; {{path}} only answers signed requests of the runtime.",
    published: "Call the procedure on the first-party routes, through the shared client where there is one.",
    raw: "Make the client with {{client}}, which knows where the procedures are and who is calling.",
    self: "Call the function behind the route in process; a server that calls itself over HTTP loses the caller and doubles every failure.",
  },

  subjects: ({ workspace, policy }) => workspace.addressesTo(familiesOf(policy).map(({ prefix }) => prefix)),

  *check(call, { workspace, policy }) {
    const family = familiesOf(policy).find(({ prefix }) => prefix === call.prefix);
    const message = family === undefined ? undefined : breachOf(call, family, policy, workspace);
    if (family === undefined || message === undefined) return;
    const spelled = workspace.place(call.spelled.file, call.spelled.span);
    const sent = workspace.place(call.sent.file, call.sent.expression.span);
    const at = workspace.place(call.at.file, call.at.expression.span);
    yield {
      message,
      data: { path: call.path, family: family.name, by: call.by, client: policy.sharedClient.join(", ") },
      at,
      subject: `${family.name} ${call.by} ${call.path}`,
      related: [
        ...(spelled.file === at.file && spelled.line === at.line ? [] : [{ at: spelled, message: call.spelled.note }]),
        ...(sent.file === at.file && sent.line <= at.line && at.line <= sent.endLine ? [] : [{ at: sent, message: "the request is sent here" }]),
      ],
      chain: links([call.spelled, ...(isSamePlace(spelled, at) ? [] : [stepAt(call.at, "this code says where the request goes")]), stepAt(call.sent, `the request is sent here, by \`${call.by}\``)], workspace),
    };
  },
});

/** Layers whose code answers requests, or is part of code that does. */
const SERVER_LAYERS: ReadonlySet<string> = new Set(["host", "manifest", "package", "service", "resource"]);
/** Plugins of these kinds run in the server. */
const SERVER_KINDS: ReadonlySet<string> = new Set(["api", "workflows", "schedules"]);

function breachOf(call: AddressedCall, family: NamedFamily, policy: RoutesSlice, workspace: Workspace): "ingress" | "published" | "raw" | "self" | undefined {
  // A request that is made and not sent here is one that tools answer in their own process.
  const isSent = call.by !== "Request" || workspace.ownerOf(call.caller)?.layer !== undefined;
  if (family.audience === "runtime") return isSent ? "ingress" : undefined;
  // Another system's routes may be called alike.
  if (call.base === "external") return undefined;
  const isOwn = family.audience === "first-party";
  if (isSharedClient(call.caller, policy, workspace)) return isOwn ? undefined : "self";
  const owner = workspace.ownerOf(call.caller);
  if (owner?.layer === undefined) return undefined;
  if (SERVER_LAYERS.has(owner.layer) || SERVER_KINDS.has(owner.plugin?.kind ?? "")) return "self";
  if (!isOwn) return "published";
  return hasSharedClient(policy, workspace) && !isSharedClient(call.sent.file, policy, workspace) ? "raw" : undefined;
}

function isSamePlace(a: Place, b: Place): boolean {
  return a.file === b.file && a.line === b.line && a.column === b.column;
}

function hasSharedClient(policy: RoutesSlice, workspace: Workspace): boolean {
  return workspace.projects.some(({ folder }) => workspace.matches(folder, policy.sharedClient));
}
