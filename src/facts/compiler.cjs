/**
 * The TypeScript that ts-morph brings along, loaded with `require`.
 *
 * An `import` of a CommonJS package has Node scan all its files for export names before it runs them: a tenth of a second for these.
 * This module is small enough to scan, and what it requires is not scanned. What is published requires the part of it that is used
 * (`build/typescript.js`).
 */
const { ts } = require("ts-morph");

/**
 * Where a node begins, without the trivia before it.
 *
 * Nodes have a method for it, but only where TypeScript's language service is loaded; this is the function behind it, which is not declared.
 *
 * @type {(node: import("ts-morph").ts.Node, file: import("ts-morph").ts.SourceFile) => number}
 */
const startOf = Reflect.get(ts, "getTokenPosOfNode");

module.exports = { ts, startOf };
