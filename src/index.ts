import { plugin } from "./eslint/plugin.js";

export default plugin;
