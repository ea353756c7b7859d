import driftGuard from "eslint-plugin-drift-guard";
import { defineConfig, globalIgnores } from "eslint/config";

export default defineConfig([
  globalIgnores(["**/dist/"]),
  {
    plugins: { "drift-guard": driftGuard },
    extends: ["drift-guard/recommended"],
  },
]);
