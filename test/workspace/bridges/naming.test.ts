import { describe, expect, it } from "vitest";
import { callsItselfBridge } from "../../../src/workspace/bridges/naming.js";

describe("prose that calls the code a bridge", () => {
  it.each([
    "Compatibility shim for timelines of the first version.",
    "A compatibility bridge for hosts that still import the old path.",
    "This module is a bridge to the manifest in apps/hq.",
    "This is a shim.",
    "Shim",
    "Bridge to the old router.",
    "Legacy bridge: forwards to the new manifest.",
    "Temporary bridge until every caller imports the package.",
    "Transitional wrapper around the new client.",
    "Compatibility alias for `createRouter`.",
    "Compatibility output for consumers of the first format.",
    "Kept as a compatibility alias.",
    "Exported as a temporary alias while callers move.",
    "Backward-compatibility re-export.",
    "This file is only a temporary re-export.",
    "This is a temporary in-memory host adapter used for tests and in-process\ncomposition. It demonstrates the shape.",
    "Reads the state file.\n\nThis is a transitional adapter.",
    "The sole sanctioned Phase 1 executable bridge from the canonical HQ app shell\ninto the pre-cutover server runtime.",
    "TODO: temporary workaround for the old resolver",
    "Temporary workaround for a bug in the bundler.",
    "Backwards compat shim.",
    "Compatibility exports for old importers",
  ])("%s", (prose) => {
    expect(callsItselfBridge(prose)).toBe(true);
  });
});

describe("prose that does not", () => {
  it.each([
    "Event bridge between the queue and the runtime.",
    "The event bridge of the coordination runtime.",
    "Concrete host adapters may satisfy this port with any compatible logger.",
    "This is not a shim.",
    "This is not a migration shim; incompatible versions fail loudly so resume works.",
    "Not a bridge: it stays.",
    "No compatibility bridge is needed here.",
    "Bridges must carry a retirement date.",
    "A compatibility bridge is allowed only with explicit retirement criteria.",
    "Every compatibility bridge says when it goes.",
    "A bridge must have an owner.",
    "Writes a temporary file and renames it.",
    "Temporary file for uploads.",
    "A temporary directory for one test.",
    "Temporary credentials for the bucket.",
    "Returns a temporary file path.",
    "Must not own:\n- retired domain-package compatibility aliases\n- app-side executable bridge restoration",
    "Owns:\n- the legacy bridge",
    "Transitional:\n- app-manifest intake is localized upstream in `host-composition.ts`",
    "Temporary alignment note:\nProject package.json test scripts pin vitest.",
    "Lab-only payload handed to the server adapter lowering shim. It records that a server route still points at it.",
    "Creates the bridge payload that async harnesses can invoke through the runtime.",
    "Adapter shims never execute descriptors directly.",
    "Closed compatibility index source schema.",
    "Sole structural authority for one version-one compatibility structure document.",
    "ISO-compatible timestamp recorded with a record.",
    "One validated executable compatibility rule source",
    "Empty admitted compatibility baseline.",
    "Used by the legacy bridge.",
    "The legacy bridge calls this.",
    "The compatibility alias for old callers is gone.",
    "Finds bridges in comments.",
    "Bridge payloads are created from step refs only.",
    "Whether a comment calls it a temporary bridge?",
    "Whether prose calls the code that it heads a bridge, a shim, a compatibility something.",
    "Replaces the compatibility shim in packages/core.",
    "temporary bridge localization point",
    "WebSocket bridge for the editor.",
    "Compatible with the old shim.",
  ])("%s", (prose) => {
    expect(callsItselfBridge(prose)).toBe(false);
  });
});
