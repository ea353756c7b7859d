import type { Rule } from "../src/rule/rule.js";

/** Every rule, in the order of families and names. */
export const rules: readonly Rule[] = [];
