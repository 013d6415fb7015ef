import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { relative } from "node:path";
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
  const { passed, failures, flaky } = countUp();
  summary.push(
    ...failures.map((test) => `failed: ${test}`),
    ...flaky.map((test) => `passed only the second time: ${test}`),
    `${passed} passed, ${failures.length} failed`,
  );
  process.stdout.write(`\n${summary.join("\n")}\n`);
  return failed || failures.length > 0 || passed === 0 ? 1 : 0;
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

/** By name, since what a test printed may be far above the end, or cut off. */
function countUp() {
  const unit = read(results.unit);
  const browser = read(results.browser);
  const inBrowser = (status) => browserTests(browser?.suites).filter((test) => test.status === status);
  const inUnit = (status) => unitTests(unit).filter((test) => test.status === status);
  const named = (tests) => tests.map(({ file, title }) => `${file}: ${title}`);
  const flaky = [...inUnit("flaky"), ...inBrowser("flaky")];
  return {
    passed: inUnit("passed").length + inBrowser("expected").length + flaky.length,
    failures: named([...inUnit("failed"), ...inBrowser("unexpected")]),
    flaky: named(flaky),
  };
}

/** A file that fails outside its tests, as in its set-up, counts as one test. */
function unitTests(report) {
  return (report?.testResults ?? []).flatMap(({ name, status, assertionResults }) => {
    const file = relative(process.cwd(), name);
    const tests = assertionResults.map(({ fullName, status: ended, failureMessages }) => ({
      file,
      title: fullName,
      status: ended === "passed" && failureMessages.length > 0 ? "flaky" : ended,
    }));
    const isFailedOutside = status === "failed" && tests.every((test) => test.status !== "failed");
    return isFailedOutside ? [...tests, { file, title: "outside its tests", status }] : tests;
  });
}

function browserTests(suites = []) {
  return suites.flatMap(({ suites: inner, specs = [] }) => [
    ...specs.flatMap(({ file, title, tests }) => tests.map(({ status }) => ({ file, title, status }))),
    ...browserTests(inner),
  ]);
}

function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}
