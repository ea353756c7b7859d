import type { ts } from "ts-morph";
import type { EmbeddedJson } from "./expression.js";
/** x */
export function embeddedJson(_node: ts.Expression, _file: ts.SourceFile): EmbeddedJson | undefined { return undefined; }
