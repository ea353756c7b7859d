import type { ts } from "./compiler.cjs";
import type { EmbeddedJson } from "./expression.js";
/** x */
export function embeddedJson(_node: ts.Expression, _file: ts.SourceFile): EmbeddedJson | undefined { return undefined; }
