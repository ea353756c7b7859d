import type { Path } from "../../src/files/path.js";
import { defineRule } from "../../src/rule/rule.js";
import type { ExternalCall } from "../../src/workspace/external-calls.js";
import { processesOf } from "../../src/workspace/processes.js";
import type { Workspace } from "../../src/workspace/workspace.js";
import { authority, type AuthoritySlice } from "./family.js";

/** Who constructs an adapter decides how the process talks to the world; done in two places, it talks with two voices. */
export const noAdapterBootstrap = defineRule({
  name: "no-adapter-bootstrap",
  family: authority,
  summary: "Concrete adapters are constructed only in host composition, the manifest or an adapter package; one Inngest client per process.",
  decisions: ["D-008", "D-014"],
  languages: ["source"],
  fixable: false,
  severity: "error",
  messages: {
    misplaced: '"{{owner}}" ({{layer}}) constructs {{adapter}} of "{{module}}" itself.',
    second: '"{{owner}}" ({{layer}}) constructs a second Inngest client, beside the one in {{first}}.',
  },
  help: {
    misplaced: "Construct it in host composition or the manifest, and take it as an argument here; its type may be imported anywhere.",
    second: "Use the client that {{first}} makes.",
  },

  *subjects({ workspace }) {
    for (const path of workspace.paths) if (workspace.isJudged(path) && workspace.ownerOf(path)?.layer !== undefined) yield path;
  },

  *check(path, { workspace, policy }) {
    const { name = "", layer = "" } = workspace.ownerOf(path) ?? {};
    const isAllowed = mayConstruct(path, workspace, policy);
    for (const call of workspace.externalCallsOf(path, policy.adapters)) {
      const { expression } = call.at;
      const at = workspace.place(path, expression.span);
      const related = call.steps.map((step) => ({ at: workspace.place(step.file, step.span), message: step.note }));
      const data = { owner: name, layer, adapter: call.name === "default" ? "the default export" : call.name, module: call.module };
      if (!isAllowed) {
        yield { message: "misplaced", data, at, subject: `${call.module}#${call.name}`, related };
        continue;
      }
      const first = isClient(call) ? firstClient(call, workspace, policy) : undefined;
      if (first === undefined) continue;
      const beside = { at: workspace.place(first.at.file, first.at.expression.span), message: "The client that is served is made here." };
      yield { message: "second", data: { ...data, first: first.at.file }, at, subject: `${call.module}#${call.name}`, related: [...related, beside] };
    }
  },
});

function mayConstruct(path: Path, workspace: Workspace, { entries, adapterPackages }: AuthoritySlice): boolean {
  const owner = workspace.ownerOf(path);
  if (owner === undefined || owner.layer === "host" || owner.layer === "manifest" || workspace.matches(path, entries)) return true;
  return workspace.matches(owner.folder, adapterPackages);
}

function isClient({ module, name }: ExternalCall): boolean {
  return module === "inngest" && name === "Inngest";
}

/** The client that a process serves instead of this one; undefined where this one is served, or is the only one. */
function firstClient(call: ExternalCall, workspace: Workspace, policy: AuthoritySlice): ExternalCall | undefined {
  const clients = workspace.paths
    .filter((path) => workspace.isJudged(path) && mayConstruct(path, workspace, policy))
    .flatMap((path) => workspace.externalCallsOf(path, policy.adapters).filter(isClient));
  if (clients.length < 2) return undefined;
  const process = processesOf(workspace).find((loaded) => loaded.has(call.at.file) && clients.filter(({ at }) => loaded.has(at.file)).length > 1);
  if (process === undefined) return undefined;
  const inProcess = clients.filter(({ at }) => process.has(at.file));
  const served = inProcess.filter((client) => isServed(client, process, workspace, policy));
  const [first] = served.length > 0 ? served : inProcess;
  return first?.at.expression === call.at.expression ? undefined : first;
}

/** Whether a client reaches what serves durable functions. */
function isServed(client: ExternalCall, process: ReadonlySet<Path>, workspace: Workspace, { adapters }: AuthoritySlice): boolean {
  const calls = [...process].flatMap((path) => workspace.externalCallsOf(path, adapters)).filter(({ module, name }) => name === "serve" && module.startsWith("inngest"));
  return calls.some(({ at: { file, expression } }) => {
    const [options] = expression.kind === "call" ? expression.arguments : [];
    const value = options && workspace.valueOf({ file, expression: options.value });
    const constants = value === undefined ? [] : value.kind === "known" ? value.values : value.partial;
    const passed = constants.flatMap((constant) => (constant.kind === "object" ? [constant.members.get("client")] : [])).filter((found) => found !== undefined);
    return passed.some((found) => workspace.originsOf(found).origins.some((origin) => origin.at.expression === client.at.expression));
  });
}
