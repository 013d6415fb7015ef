import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { findChromium } from "./chromium.mjs";
import { StepFailed, show } from "./run.mjs";

const results = { unit: "test-results/unit.json", browser: "test-results/browser.json" };

/**
 * Runs everything: format, lint, types, rules on a real database, then API and screens against the built server.
 * @param {string[]} args handed to Playwright, to run some of it
 * @param {() => Promise<void>} build
 * @returns {Promise<number>} the exit status
 */
export async function runTests(args, build) {
  const chromium = await findChromium();
  rmSync("test-results", { recursive: true, force: true });
  mkdirSync("test-results", { recursive: true });
  const bin = (name) => `node_modules/.bin/${name}`;
  const steps = [
    ["format and lint", () => show(bin("biome"), ["check", "--error-on-warnings", "."])],
    ["build", () => succeeds(build)],
    ["types", () => show(bin("tsc"), ["--noEmit"])],
    [
      "rules",
      () =>
        show(bin("vitest"), [
          "run",
          "--reporter=default",
          "--reporter=json",
          `--outputFile.json=${results.unit}`,
        ]),
    ],
    [
      "API and screens",
      () =>
        show(bin("playwright"), ["test", ...args], {
          CHROMIUM_PATH: chromium,
          PLAYWRIGHT_JSON_OUTPUT_NAME: results.browser,
        }),
    ],
  ];

  const summary = [];
  let failed = false;
  for (const [name, work] of steps) {
    const started = Date.now();
    const status = await work();
    failed ||= status !== 0;
    summary.push(
      `${status === 0 ? "ok  " : "FAIL"} ${name} (${((Date.now() - started) / 1000).toFixed(0)} s)`,
    );
  }
  const counts = countUp();
  if (counts.flaky > 0) summary.push(`${counts.flaky} passed only the second time: see above which`);
  process.stdout.write(`\n${summary.join("\n")}\n${counts.passed} passed, ${counts.failed} failed\n`);
  return failed || counts.failed > 0 || counts.passed === 0 ? 1 : 0;
}

/** A failed build is told, and counts like any other step: what doesn't need it runs all the same. */
async function succeeds(work) {
  try {
    await work();
    return 0;
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

function countUp() {
  const unit = read(results.unit);
  const browser = read(results.browser);
  return {
    passed: (unit?.numPassedTests ?? 0) + (browser?.stats?.expected ?? 0) + (browser?.stats?.flaky ?? 0),
    failed: (unit?.numFailedTests ?? 0) + (browser?.stats?.unexpected ?? 0),
    flaky: browser?.stats?.flaky ?? 0,
  };
}

function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}
