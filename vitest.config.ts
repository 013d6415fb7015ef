import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)) } },
  test: {
    include: ["{lib,db,server,components,bench}/**/*.test.{ts,tsx}", "e2e/architecture.spec.ts"],
    globalSetup: ["e2e/database/global-setup.ts"],
    testTimeout: 20_000,
  },
});
