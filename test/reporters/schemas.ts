import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv2020 } from "ajv/dist/2020.js";
import AjvDraft04 from "ajv-draft-04";
import addFormats from "ajv-formats";

const require = createRequire(import.meta.url);

/** What a JSON report has against the promised shape; empty when nothing. */
export function faultsOfJsonReport(text: string): readonly string[] {
  const ajv = new Ajv2020({ allErrors: true });
  const validate = ajv.compile(readJson(new URL("report.schema.json", import.meta.url)));
  return validate(JSON.parse(text)) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`);
}

/** What a SARIF log has against the schema of the standard; empty when nothing. */
export function faultsOfSarif(text: string): readonly string[] {
  const ajv = new AjvDraft04.default({ allErrors: true, strict: false, unicodeRegExp: false });
  addFormats.default(ajv);
  const validate = ajv.compile(readJson(require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json")));
  return validate(JSON.parse(text)) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`);
}

function readJson(file: string | URL): object {
  const value: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (typeof value !== "object" || value === null) throw new TypeError("A schema is an object.");
  return value;
}
