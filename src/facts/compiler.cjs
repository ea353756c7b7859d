/**
 * The TypeScript that ts-morph brings along, loaded with `require`.
 *
 * An `import` of a CommonJS package has Node scan all its files for export names before it runs them: a tenth of a second for these.
 * This module is small enough to scan, and what it requires is not scanned.
 */
const { ts } = require("ts-morph");

module.exports = { ts };
