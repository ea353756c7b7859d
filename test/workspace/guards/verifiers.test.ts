import { describe, expect, it } from "vitest";
import { truthyWhen } from "../../../src/workspace/guards/judge.js";
import { toPath } from "../../../src/files/path.js";
import { policyWith, workspaceOf } from "../memory.js";

const HEAD = `import { createHmac, timingSafeEqual, createHash } from "node:crypto";
import * as crypto from "node:crypto";
const KEY = process.env.KEY ?? "";
function sign(body: string): string { return createHmac("sha256", KEY).update(body).digest("hex"); }
function same(a: string, b: string): boolean {
  const x = Buffer.from(a); const y = Buffer.from(b);
  if (x.length !== y.length) return false;
  return timingSafeEqual(x, y);
}
async function ok(request: Request): Promise<boolean> {
  const given = request.headers.get("x-signature");
  if (!given) return false;
  return same(sign(await request.clone().text()), given);
}
function okBody(body: string, given: string): boolean { return same(sign(body), given); }
`;

function judge(code: string, verifiers: readonly string[] = []): string {
  const policy = policyWith();
  const workspace = workspaceOf({ "a.ts": `${HEAD}${code}` }, { ...policy, routes: { ...policy.routes, verifiers } });
  const file = toPath("a.ts");
  const body = workspace.body(file);
  const binding = body?.bindings.find(({ name }) => name === "verify");
  if (binding?.value === undefined) throw new Error("no function `verify`");
  return truthyWhen({ ask: workspace, routes: workspace.policy.routes, manifest: undefined }, "signature", { file, expression: binding.value }).kind;
}

const proven: Record<string, string> = {
  "a comparison in constant time": `export async function verify(request: Request) { return timingSafeEqual(Buffer.from(request.headers.get("s") ?? ""), Buffer.from(sign(await request.text()))); }`,
  "by namespace": `export async function verify(request: Request) { return crypto.timingSafeEqual(Buffer.from(request.headers.get("s")!), Buffer.from(sign(await request.text()))); }`,
  "through a helper": `export async function verify(request: Request) { return ok(request); }`,
  "an awaited helper": `export async function verify(request: Request) { return await ok(request); }`,
  "early returns": `export async function verify(request: Request) { if (!(await ok(request))) return false; return true; }`,
  "a result in a name": `export async function verify(request: Request) { const result = await ok(request); return result; }`,
  "a let that starts false": `export async function verify(request: Request) { let good = false; if (await ok(request)) good = true; return good; }`,
  "a loop with early return": `export async function verify(request: Request) { const body = await request.text(); const given = request.headers.get("s") ?? ""; for (const key of [KEY, "b"]) { if (same(createHmac("sha256", key).update(body).digest("hex"), given)) return true; } return false; }`,
  "a loop with break": `export async function verify(request: Request) { const body = await request.text(); let hit = false; for (const key of keys()) { if (okBody(body, request.headers.get(key)!)) { hit = true; break; } } return hit; } function keys(): string[] { return ["a", "b"]; }`,
  "some": `export async function verify(request: Request) { const body = await request.text(); return [KEY].some((key) => same(createHmac("sha256", key).update(body).digest("hex"), request.headers.get("s")!)); }`,
  "every of a list that is not empty": `export async function verify(request: Request) { const body = await request.text(); const given = (request.headers.get("s") ?? "").split(","); if (given.length === 0) return false; return given.every((one) => okBody(body, one)); }`,
  "find": `export async function verify(request: Request) { const body = await request.text(); return (request.headers.get("s") ?? "").split(",").find((one) => okBody(body, one)) !== undefined; }`,
  "filter and length": `export async function verify(request: Request) { const body = await request.text(); return (request.headers.get("s") ?? "").split(",").filter((one) => okBody(body, one)).length > 0; }`,
  "subtle.verify": `export async function verify(request: Request, key: CryptoKey) { return crypto.subtle.verify("HMAC", key, Buffer.from(request.headers.get("s")!), await request.arrayBuffer()); }`,
  "global subtle.verify, awaited": `export async function verify(request: Request, key: CryptoKey) { const good = await globalThis.crypto.subtle.verify("HMAC", key, Buffer.from(request.headers.get("s")!), await request.arrayBuffer()); return good; }`,
  "crypto.verify": `export async function verify(request: Request, key: string) { return crypto.verify("sha256", Buffer.from(await request.text()), key, Buffer.from(request.headers.get("s")!)); }`,
  "equality of a digest": `export async function verify(request: Request) { return sign(await request.text()) === request.headers.get("s"); }`,
  "equality of a digest with prefix": "export async function verify(request: Request) { return `sha256=${sign(await request.text())}` === request.headers.get('s'); }",
  "inequality": `export async function verify(request: Request) { if (sign(await request.text()) !== request.headers.get("s")) return false; return true; }`,
  "Buffer.equals": `export async function verify(request: Request) { return Buffer.from(sign(await request.text())).equals(Buffer.from(request.headers.get("s")!)); }`,
  "try and catch false": `export async function verify(request: Request) { try { return await ok(request); } catch { return false; } }`,
  "an and": `export async function verify(request: Request) { return request.method === "POST" && (await ok(request)); }`,
  "an or of two": `export async function verify(request: Request) { return (await ok(request)) || okBody(await request.text(), request.headers.get("t")!); }`,
  "a ternary": `export async function verify(request: Request) { return (await ok(request)) ? true : false; }`,
  "double negation": `export async function verify(request: Request) { return !!(await ok(request)); }`,
  "Boolean()": `export async function verify(request: Request) { return Boolean(await ok(request)); }`,
  "an assertion that throws": `async function assertSigned(request: Request) { if (!(await ok(request))) throw new Error("unsigned"); } export async function verify(request: Request) { try { await assertSigned(request); return true; } catch { return false; } }`,
  "a memo": `const seen = new WeakMap<Request, boolean>(); export async function verify(request: Request) { if (seen.has(request)) return seen.get(request)!; const result = await ok(request); seen.set(request, result); return result; }`,
  "a memo function": `const seen = new WeakMap<Request, Promise<boolean>>(); function memo(request: Request, run: () => Promise<boolean>) { const known = seen.get(request); if (known !== undefined) return known; const value = run(); seen.set(request, value); return value; } export function verify(request: Request) { return memo(request, () => ok(request)); }`,
  "a class": `class Verifier { #key: string; constructor(key: string) { this.#key = key; } matches(body: string, given: string) { return same(createHmac("sha256", this.#key).update(body).digest("hex"), given); } } const verifier = new Verifier(KEY); export async function verify(request: Request) { return verifier.matches(await request.text(), request.headers.get("s")!); }`,
  "a factory": `function makeVerifier(key: string) { return async (request: Request) => same(createHmac("sha256", key).update(await request.text()).digest("hex"), request.headers.get("s")!); } export const verify = makeVerifier(KEY);`,
  "equality with true": `export async function verify(request: Request) { if ((await ok(request)) === true) return true; return false; }`,
  "equality with false": `export async function verify(request: Request) { return !((await ok(request)) === false); }`,
  "a comparison of digests of both": `export async function verify(request: Request) { const mine = createHmac("sha256", "blind").update(sign(await request.text())).digest(); const given = createHmac("sha256", "blind").update(request.headers.get("s") ?? "").digest(); return mine.equals(given); }`,
  "a finally that only logs": `export async function verify(request: Request) { try { return await ok(request); } finally { console.log("asked"); } }`,
  "an assertion": `import assert from "node:assert"; export async function verify(request: Request) { assert(await ok(request)); return true; }`,
  "an assertion of equality": `import { strictEqual } from "node:assert"; export async function verify(request: Request) { strictEqual(await ok(request), true); return true; }`,
  "an invariant": `import invariant from "tiny-invariant"; export async function verify(request: Request) { invariant(await ok(request), "unsigned"); return true; }`,
  "an arrow": `export const verify = async (request: Request) => ok(request);`,
  "then": `export const verify = (request: Request) => ok(request).then((result) => result);`,
  "then and catch": `export const verify = (request: Request) => ok(request).then((result) => result, () => false);`,
  "catch false": `export const verify = (request: Request) => ok(request).catch(() => false);`,
  "missing key says no": `export async function verify(request: Request) { if (KEY === "") return false; return ok(request); }`,
  "a switch": `export async function verify(request: Request) { switch (request.headers.get("v")) { case "1": return ok(request); case "2": return okBody(await request.text(), request.headers.get("t")!); default: return false; } }`,
  "a result object": `async function check(request: Request) { if (await ok(request)) return { valid: true as const }; return { valid: false as const, reason: "no" }; } export async function verify(request: Request) { const result = await check(request); return result.valid; }`,
  "a verdict by word": `async function check(request: Request) { return (await ok(request)) ? "signed" : "unsigned"; } export async function verify(request: Request) { return (await check(request)) === "signed"; }`,
  "xor of characters": `export async function verify(request: Request) { const a = sign(await request.text()); const b = request.headers.get("s") ?? ""; if (a.length !== b.length) return false; let d = 0; for (let i = 0; i < a.length; i++) d |= a.charCodeAt(i) ^ b.charCodeAt(i); return d === 0; }`,
  "a conditional early false": `export async function verify(request: Request) { const age = Number(request.headers.get("t")); if (Date.now() - age > 1000) return false; return ok(request); }`,
  "Promise.all": `export async function verify(request: Request) { const [a, b] = await Promise.all([ok(request), ok(request)]); return a && b; }`,
  "reduce": `export async function verify(request: Request) { const body = await request.text(); return ["a", "b"].reduce((hit, name) => hit || okBody(body, request.headers.get(name)!), false); }`,
  "forEach": `export async function verify(request: Request) { const body = await request.text(); let hit = false; ["a", "b"].forEach((name) => { if (okBody(body, request.headers.get(name)!)) hit = true; }); return hit; }`,
  "named parts destructured": `export async function verify({ headers, ...rest }: Request) { const given = headers.get("s")!; return okBody(given + "x", given); }`,
};

const breach: Record<string, string> = {
  "yes": `export async function verify(request: Request) { return true; }`,
  "a dev bypass": `export async function verify(request: Request) { if (process.env.DEV) return true; return ok(request); }`,
  "a dev bypass by or": `export async function verify(request: Request) { return process.env.NODE_ENV !== "production" || (await ok(request)); }`,
  "a dev bypass in a helper": `function dev() { return process.env.DEV === "1"; } export async function verify(request: Request) { if (dev()) return true; return ok(request); }`,
  "missing key says yes": `export async function verify(request: Request) { if (KEY === "") return true; return ok(request); }`,
  "catch says yes": `export async function verify(request: Request) { try { return await ok(request); } catch { return true; } }`,
  "catch says yes, chained": `export const verify = (request: Request) => ok(request).catch(() => true);`,
  "missing header says yes": `export async function verify(request: Request) { if (!request.headers.get("x-signature")) return true; return ok(request); }`,
  "a header is there": `export async function verify(request: Request) { return request.headers.has("x-signature"); }`,
  "the length is right": `export async function verify(request: Request) { const given = request.headers.get("s") ?? ""; return given.length === sign("x").length; }`,
  "a digest is compared with itself": `export async function verify(request: Request) { const expected = Buffer.from(sign(await request.text())); return timingSafeEqual(expected, expected); }`,
  "what is given is compared with itself": `export async function verify(request: Request) { const given = Buffer.from(request.headers.get("s")!); return timingSafeEqual(given, Buffer.from(given)); }`,
  "nothing of the request": `export async function verify(request: Request) { return timingSafeEqual(Buffer.from(sign("x")), Buffer.from(KEY)); }`,
  "negated": `export async function verify(request: Request) { return !(await ok(request)); }`,
  "negated branches": `export async function verify(request: Request) { if (await ok(request)) return false; return true; }`,
  "not awaited": `export async function verify(request: Request) { if (!ok(request)) return false; return true; }`,
  "result ignored": `export async function verify(request: Request) { await ok(request); return true; }`,
  "an or with a header": `export async function verify(request: Request) { return (await ok(request)) || request.headers.get("x-debug") === "1"; }`,
  "a let that starts true": `export async function verify(request: Request) { let good = true; try { good = await ok(request); } catch { /* keep */ } return good; }`,
  "one branch only": `export async function verify(request: Request) { if (request.method === "POST") return ok(request); return true; }`,
  "default case says yes": `export async function verify(request: Request) { switch (request.headers.get("v")) { case "1": return ok(request); default: return true; } }`,
  "a ternary whose other side says yes": `export async function verify(request: Request) { return KEY ? ok(request) : true; }`,
  "a nullish fallback of yes": `export async function verify(request: Request) { const given = request.headers.get("s"); return (given && okBody("x", given)) ?? true; }`,
  "the last of many": `export async function verify(request: Request) { const body = await request.text(); let hit = false; for (const name of ["a"]) { hit = okBody(body, request.headers.get(name)!); hit = true; } return hit; }`,
  "a truthy object": `async function check(request: Request) { return { valid: await ok(request) }; } export async function verify(request: Request) { return Boolean(await check(request)); }`,
  "a hash without key": `export async function verify(request: Request) { return createHash("sha256").update(await request.text()).digest("hex") === request.headers.get("s"); }`,
  "a hash without key over a copy": `export async function verify(request: Request) { const body = await request.clone().text(); const hash = createHash("sha256").update(body).digest("hex"); return hash === request.headers.get("s"); }`,
  "a key that the caller sends": `export async function verify(request: Request) { return createHmac("sha256", request.headers.get("k") ?? "").update(await request.text()).digest("hex") === request.headers.get("s"); }`,
  "two digests of the same text": `export async function verify(request: Request) { const body = await request.text(); return sign(body) === createHmac("sha256", KEY).update(body).digest("hex"); }`,
  "a public key that the caller sends": `export async function verify(request: Request) { const key = await crypto.subtle.importKey("raw", Buffer.from(request.headers.get("k") ?? ""), "HMAC", false, ["verify"]); return crypto.subtle.verify("HMAC", key, Buffer.from(request.headers.get("s") ?? ""), await request.arrayBuffer()); }`,
  "a digest of what is always the same": `export async function verify(request: Request) { return sign("inngest") === request.headers.get("s"); }`,
  "an assertion that only prints": `export async function verify(request: Request) { console.assert(await ok(request)); return true; }`,
  "an assertion of something else": `import assert from "node:assert"; export async function verify(request: Request) { await ok(request); assert(request.url); return true; }`,
  "finally says yes": `export async function verify(request: Request) { try { return await ok(request); } finally { return true; } }`,
  "a memo that is primed": `const seen = new WeakMap<Request, boolean>(); export async function verify(request: Request) { if (!seen.has(request)) seen.set(request, true); return seen.get(request)!; }`,
};

const unprovable: Record<string, string> = {
  "a package's verifier": `import { verifySignature } from "some-package"; export async function verify(request: Request) { return verifySignature(request, KEY); }`,
  "every of a list that may be empty": `export async function verify(request: Request) { const body = await request.text(); return parse(request).every((one) => okBody(body, one)); } function parse(request: Request): string[] { return (request.headers.get("s") ?? "").split(",").filter(Boolean); }`,
  "a function that nobody passes": `export async function verify(request: Request, other: (r: Request) => boolean) { return other(request); }`,
};

describe("what makes a verifier", () => {
  it.each(Object.entries(proven))("is proven: %s", (_, code) => {
    expect(judge(code)).toBe("proven");
  });
  it.each(Object.entries(breach))("is a breach: %s", (_, code) => {
    expect(judge(code)).toBe("breach");
  });
  it.each(Object.entries(unprovable))("cannot be proven: %s", (_, code) => {
    expect(judge(code)).toBe("unprovable");
  });
  it("trusts a verifier that the policy names", () => {
    const code = `import { verifySignature } from "some-package"; export async function verify(request: Request) { return verifySignature(request, KEY); }`;
    expect(judge(code, ["some-package#verifySignature"])).toBe("proven");
    expect(judge(code, ["other-package#verifySignature"])).toBe("unprovable");
  });
});
