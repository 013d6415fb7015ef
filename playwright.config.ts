import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

const usualPlaces = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const executablePath = process.env.CHROMIUM_PATH ?? usualPlaces.find((place) => existsSync(place));

const quietArguments = [
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  "--no-first-run",
];
const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

/** A LAN name that leads here: what people type who run Latchkey without https. */
const lanName = "--host-resolver-rules=MAP latchkey.test 127.0.0.1";

export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/database/global-setup.ts",
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  // A shared machine may stall for seconds; what passes only the second time is told as flaky.
  retries: process.env.CI ? 1 : 0,
  // Far more than anything takes: what is waited for is a state, and a stalled machine is no fault.
  timeout: 240_000,
  expect: { timeout: 60_000 },
  outputDir: "test-results/artifacts",
  reporter: [["list"], ["json"]],
  use: {
    // A trace of every test would cost half as much again; a failing one can be run with --trace on.
    trace: "off",
    screenshot: "only-on-failure",
    // On a loaded machine a click may otherwise meet a menu in the middle of its opening, and be lost.
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [...quietArguments, ...asRoot, lanName],
    },
  },
  projects: [
    { name: "api", testMatch: "api/*.spec.ts" },
    { name: "start", testMatch: "start.spec.ts" },
    { name: "screens", testMatch: "screens/*.spec.ts" },
  ],
});
