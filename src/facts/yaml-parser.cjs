/**
 * The YAML parser, loaded when the first YAML text is read: that takes longer than all else in a small run, and only pnpm's workspaces
 * have such a text.
 */
const yamlParser = () => require("yaml");

module.exports = { yamlParser };
