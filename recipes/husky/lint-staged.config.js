/** @type {import("lint-staged").Configuration} */
export default {
  // A function, so that the staged files are not passed on: a change in one file may be a breach in another.
  "*": () => "drift-guard check --staged",
};
