import { describe, expect, it } from "vitest";
import { MANIFEST, ORPC, edit, judged, type Case } from "./headquarters.js";

const breaches: readonly Case[] = [
  ["shared value", ["no-shared-trigger-router"], { [MANIFEST]: edit([`triggerRouter: { coordination: coordinationTriggers, digest: digestTriggers },`, `triggerRouter: { coordination: coordinationApi.internal, state: stateApi.internal },`]) }],
  ["shared const", ["no-shared-trigger-router"], { [MANIFEST]: edit([`/** What this`, `const router = { coordination: coordinationApi.internal, state: stateApi.internal };\n/** What this`], [`router: { coordination: coordinationApi.internal, state: stateApi.internal },`, `router,`], [`triggerRouter: { coordination: coordinationTriggers, digest: digestTriggers },`, `triggerRouter: router,`]) }],
  ["shared factory", ["no-shared-trigger-router"], { [MANIFEST]: edit([`/** What this`, `const makeRouter = () => ({ coordination: coordinationApi.internal });\n/** What this`], [`router: { coordination: coordinationApi.internal, state: stateApi.internal },`, `router: makeRouter(),`], [`triggerRouter: { coordination: coordinationTriggers, digest: digestTriggers },`, `triggerRouter: makeRouter(),`]) }],
  ["shared spread", ["no-shared-trigger-router"], { [MANIFEST]: edit([`/** What this`, `const router = { coordination: coordinationApi.internal, state: stateApi.internal };\n/** What this`], [`router: { coordination: coordinationApi.internal, state: stateApi.internal },`, `router,`], [`triggerRouter: { coordination: coordinationTriggers, digest: digestTriggers },`, `triggerRouter: { ...router },`]) }],
  ["shared wrapper", ["no-shared-trigger-router"], { [MANIFEST]: edit([`/** What this`, `const router = { coordination: coordinationApi.internal, state: stateApi.internal };\n/** What this`], [`router: { coordination: coordinationApi.internal, state: stateApi.internal },`, `router,`], [`triggerRouter: { coordination: coordinationTriggers, digest: digestTriggers },`, `triggerRouter: Object.freeze(router),`]) }],
  ["published internal", ["no-published-internal-router"], { [MANIFEST]: edit([`published: { coordination: coordinationApi.published, state: stateApi.published },`, `published: { coordination: coordinationApi.internal, state: stateApi.internal },`]) }],
  ["host serves internal", ["no-published-internal-router"], { [ORPC]: edit([`new OpenAPIHandler<HqContext>(published)`, `new OpenAPIHandler<HqContext>(router)`]) }],
  ["host picks", ["no-published-internal-router"], { [ORPC]: edit([`new OpenAPIHandler<HqContext>(published)`, `new OpenAPIHandler<HqContext>({ coordination: router.coordination })`]) }],
  ["host picks by list", ["no-published-internal-router"], { [ORPC]: edit([`new OpenAPIHandler<HqContext>(published)`, `new OpenAPIHandler<HqContext>(Object.fromEntries(["state"].map((name) => [name, (router as any)[name]])))`]) }],
  ["pick helper", ["no-published-internal-router"], { [ORPC]: edit([`new OpenAPIHandler<HqContext>(published)`, `new OpenAPIHandler<HqContext>(pick(router, ["coordination"]))`], [`const RPC =`, `const pick = <T extends object, K extends keyof T>(of: T, keys: readonly K[]) => Object.fromEntries(keys.map((key) => [key, of[key]])) as Pick<T, K>;\nconst RPC =`]) }],
  ["spread of internal", ["no-published-internal-router"], { [ORPC]: edit([`new OpenAPIHandler<HqContext>(published)`, `new OpenAPIHandler<HqContext>({ ...published, ...router })`]) }],
  ["fallback", ["no-published-internal-router"], { [ORPC]: edit([`new OpenAPIHandler<HqContext>(published)`, `new OpenAPIHandler<HqContext>(process.env.FULL ? router : published)`]) }],
];

const harmless: readonly Case[] = [
  ["alias", [], { [MANIFEST]: edit([`/** What this`, `const internal = { coordination: coordinationApi.internal, state: stateApi.internal };\n/** What this`], [`router: { coordination: coordinationApi.internal, state: stateApi.internal },`, `router: internal,`]) }],
  ["host serves published by alias", [], { [ORPC]: edit([`  const openapi = new OpenAPIHandler<HqContext>(published);`, `  const { ...served } = { router: published };\n  const openapi = new OpenAPIHandler<HqContext>(served.router);`]) }],
  ["renamed", [], { [ORPC]: edit([`{ router, published }: RawrHqManifest["orpc"]`, `{ router, published: open }: RawrHqManifest["orpc"]`], [`new OpenAPIHandler<HqContext>(published)`, `new OpenAPIHandler<HqContext>(open)`], [`generator.generate(published`, `generator.generate(open`]) }],
  ["frozen", [], { [ORPC]: edit([`new OpenAPIHandler<HqContext>(published)`, `new OpenAPIHandler<HqContext>(Object.freeze(published))`]) }],
];

describe("which router is served to whom", () => {
  it.each(breaches)("is a breach: %s", (_, rules, edits) => {
    expect(judged(edits, ["no-shared-trigger-router", "no-published-internal-router"])).toEqual(rules);
  });
  it.each(harmless)("is none: %s", (_, rules, edits) => {
    expect(judged(edits, ["no-shared-trigger-router", "no-published-internal-router"])).toEqual(rules);
  });
});
