import { describe, expect, it } from "vitest";
import { MANIFEST, ORPC, edit, web, judged, type Case } from "./headquarters.js";

const breaches: readonly Case[] = [
  ["shared value", ["no-shared-trigger-router"], { [MANIFEST]: edit([`triggerRouter: { coordination: coordinationTriggers, digest: digestTriggers },`, `triggerRouter: { coordination: coordinationApi.internal, state: stateApi.internal },`]) }],
  ["shared const", ["no-shared-trigger-router"], { [MANIFEST]: edit([`/** What this`, `const router = { coordination: coordinationApi.internal, state: stateApi.internal };\n/** What this`], [`router: { coordination: coordinationApi.internal, state: stateApi.internal },`, `router,`], [`triggerRouter: { coordination: coordinationTriggers, digest: digestTriggers },`, `triggerRouter: router,`]) }],
  ["shared factory", ["no-shared-trigger-router"], { [MANIFEST]: edit([`/** What this`, `const makeRouter = () => ({ coordination: coordinationApi.internal });\n/** What this`], [`router: { coordination: coordinationApi.internal, state: stateApi.internal },`, `router: makeRouter(),`], [`triggerRouter: { coordination: coordinationTriggers, digest: digestTriggers },`, `triggerRouter: makeRouter(),`]) }],
  ["shared spread", ["no-shared-trigger-router"], { [MANIFEST]: edit([`/** What this`, `const router = { coordination: coordinationApi.internal, state: stateApi.internal };\n/** What this`], [`router: { coordination: coordinationApi.internal, state: stateApi.internal },`, `router,`], [`triggerRouter: { coordination: coordinationTriggers, digest: digestTriggers },`, `triggerRouter: { ...router },`]) }],
  ["shared wrapper", ["no-shared-trigger-router"], { [MANIFEST]: edit([`/** What this`, `const router = { coordination: coordinationApi.internal, state: stateApi.internal };\n/** What this`], [`router: { coordination: coordinationApi.internal, state: stateApi.internal },`, `router,`], [`triggerRouter: { coordination: coordinationTriggers, digest: digestTriggers },`, `triggerRouter: Object.freeze(router),`]) }],
  ["published internal", ["no-published-internal-router"], { [MANIFEST]: edit([`published: { coordination: coordinationApi.published, state: stateApi.published },`, `published: { coordination: coordinationApi.internal, state: stateApi.internal },`]) }],
  ["router: host serves internal", ["no-published-internal-router"], { [ORPC]: edit([`new OpenAPIHandler<HqContext>(published)`, `new OpenAPIHandler<HqContext>(router)`]) }],
  ["router: host picks", ["no-published-internal-router"], { [ORPC]: edit([`new OpenAPIHandler<HqContext>(published)`, `new OpenAPIHandler<HqContext>({ coordination: router.coordination })`]) }],
  ["router: host picks by list", ["no-published-internal-router"], { [ORPC]: edit([`new OpenAPIHandler<HqContext>(published)`, `new OpenAPIHandler<HqContext>(Object.fromEntries(["state"].map((name) => [name, (router as any)[name]])))`]) }],
];

const harmless: readonly Case[] = [
  ["router link", [], web(`export const nav = [{ label: "Runs", key: "/runs" }]; history.pushState({}, "", "/rpc-docs");`)],
  ["alias", [], { [MANIFEST]: edit([`/** What this`, `const internal = { coordination: coordinationApi.internal, state: stateApi.internal };\n/** What this`], [`router: { coordination: coordinationApi.internal, state: stateApi.internal },`, `router: internal,`]) }],
  ["router: host serves published by alias", [], { [ORPC]: edit([`  const openapi = new OpenAPIHandler<HqContext>(published);`, `  const { ...served } = { router: published };\n  const openapi = new OpenAPIHandler<HqContext>(served.router);`]) }],
];

describe("which router is served to whom", () => {
  it.each(breaches)("is a breach: %s", (_, rules, edits) => {
    expect(judged(edits, ["no-shared-trigger-router", "no-published-internal-router"])).toEqual(rules);
  });
  it.each(harmless)("is none: %s", (_, rules, edits) => {
    expect(judged(edits, ["no-shared-trigger-router", "no-published-internal-router"])).toEqual(rules);
  });
});
