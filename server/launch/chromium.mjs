import { existsSync, readFileSync } from "node:fs";
import { step } from "./progress.mjs";
import { run, StepFailed } from "./run.mjs";

const usualPlaces = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/opt/google/chrome/chrome",
];

/**
 * The browser for the tests: CHROMIUM_PATH, the system's, or Playwright's own; as root on Debian it is installed where
 * there is none.
 * @returns {Promise<string>}
 */
export async function findChromium() {
  const found = find() ?? (await playwrightsOwn());
  if (found) return found;
  if (process.getuid?.() === 0 && isDebian()) {
    await step("Installing Chromium", async () => {
      await run("apt-get", ["update"]);
      await run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], {
        DEBIAN_FRONTEND: "noninteractive",
      });
    });
    const installed = find();
    if (installed) return installed;
  }
  throw new StepFailed(
    "The tests need Chromium. Run `npx playwright install --with-deps chromium`, or set CHROMIUM_PATH.",
  );
}

function find() {
  const { CHROMIUM_PATH } = process.env;
  return [CHROMIUM_PATH, ...usualPlaces].find((place) => place && existsSync(place));
}

async function playwrightsOwn() {
  const { chromium } = await import("@playwright/test");
  const place = chromium.executablePath();
  return existsSync(place) ? place : undefined;
}

function isDebian() {
  return (
    existsSync("/etc/os-release") && /^ID(_LIKE)?=.*debian/m.test(readFileSync("/etc/os-release", "utf8"))
  );
}
