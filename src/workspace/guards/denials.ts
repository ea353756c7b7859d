import type { AbstractValue } from "./values.js";

const DENYING_NAME = /^(?:forbidden|unauthori[sz]ed|notFound|not_found|denied|deny|reject(?:ed)?|accessDenied|permissionDenied)(?:Error|Exception|Response|HttpException)?$/iu;
const DENYING_TEXT = /^(?:FORBIDDEN|UNAUTHORI[SZ]ED|NOT_FOUND|NOT FOUND|NOT-FOUND|PERMISSION_DENIED|ACCESS_DENIED)$/iu;
const STATUS_KEYS = ["status", "statusCode", "code", "httpStatus"];

/** Whether a status refuses a caller. */
function isDenyingStatus(value: unknown): boolean {
  return value === 401 || value === 403 || value === 404 || (typeof value === "string" && (DENYING_TEXT.test(value) || /^(?:401|403|404)$/u.test(value)));
}

/** Whether a name says that what it makes refuses a caller. */
export function isDenyingName(name: string): boolean {
  return DENYING_NAME.test(name);
}

/** Whether an argument of a call that makes an answer says that it refuses: a status, or options with one. */
export function saysDenied(value: AbstractValue): boolean {
  return value.alternatives.length > 0 && value.alternatives.every(({ form }) => {
    if (form.kind === "constant") return isDenyingStatus(form.value);
    if (form.kind === "external") return DENYING_TEXT.test(form.name.split(".").at(-1) ?? "");
    if (form.kind === "response") return form.denies;
    if (form.kind !== "object") return false;
    return STATUS_KEYS.some((key) => {
      const member = form.members.get(key);
      return member !== undefined && saysDenied(member);
    });
  });
}

/** Whether a value that ends a run refuses: it is an answer that does, or tells its reader no. */
export function refuses(value: AbstractValue, isTop: boolean): boolean {
  return value.alternatives.every(({ form }) => {
    switch (form.kind) {
      case "response":
        return form.denies;
      case "constant":
        // An empty answer is an answer.
        return typeof form.value === "string" ? form.value !== "" || !isTop : form.value !== true && !isTop;
      case "promise":
        return refuses(form.of, isTop);
      case "object":
        return !isTop || [...form.members].some(([key, member]) => STATUS_KEYS.includes(key) && saysDenied(member));
      case "some":
      case "boolean":
      case "list":
        return !isTop;
      default:
        return false;
    }
  });
}
