import { describe, expect, it } from "vitest";
import { dayItGoes, saysWhenItGoes } from "../../../src/workspace/bridges/criteria.js";

describe("prose that says when a bridge goes", () => {
  it.each([
    "Remove this allowlist once publication metadata exists.",
    "Delete when every host imports apps/hq.",
    "To be retired after the cutover.",
    "Will be removed once nothing imports it.",
    "Kept until the CLI moves; retired after that release.",
    "Do not remove until every caller has moved.",
    "Once publication metadata exists, remove this allowlist.",
    "Compatibility shim for old callers; remove\nonce they have moved.",
    "Retire as soon as the v1 clients are gone.",
    "Removal: after 2026-12-01.",
  ])("%s", (prose) => {
    expect(saysWhenItGoes(prose)).toBe(true);
  });

  it.each([
    "Compatibility shim for old callers.",
    "Use createRouter instead.",
    "Remove when possible.",
    "Remove later.",
    "Delete when we have time.",
    "Removes stale runs. Called once per boot.",
    "Never removed when the cache is cleared.",
    "Waits until the queue is empty.",
  ])("but not: %s", (prose) => {
    expect(saysWhenItGoes(prose)).toBe(false);
  });

  it("reads a day where prose gives one", () => {
    expect(dayItGoes("Remove after 2026-12-01.")).toBe("2026-12-01");
    expect(dayItGoes("Kept until 2026-12-01, then removed.")).toBe("2026-12-01");
    expect(dayItGoes("Written on 2026-12-01.")).toBeUndefined();
    expect(dayItGoes("Written on 2026-12-01; remove once nothing reads it.")).toBeUndefined();
  });
});
