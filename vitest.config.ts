import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)) } },
  test: {
    include: ["{lib,db,server,components,bench}/**/*.test.{ts,tsx}", "e2e/architecture.spec.ts"],
    globalSetup: ["e2e/database/global-setup.ts"],
    // Nothing passes or fails by how fast the machine is: what is waited for comes, or it never does.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000, interval: 20 } },
    // As for browser tests: what passes only the second time is told as such.
    retry: process.env.CI ? 1 : 0,
    // The run's one PostgreSQL takes 60 connections, and a test file opens a dozen and some.
    maxWorkers: 4,
  },
});
