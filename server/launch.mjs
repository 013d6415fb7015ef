import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/*
 * What the npm scripts call. It needs nothing but Node: it installs and builds what is missing, then hands over.
 */

const commands = {
  start,
  dev,
  build,
  test,
  "admin:reset": program("admin-reset"),
  "token:new": program("token-new"),
  "audit:verify": program("audit-verify"),
  "audit:head": program("audit-head"),
  "bench:creates": bench("creates"),
  "bench:gate": bench("gate"),
  "bench:revocation": bench("revocation"),
  "bench:scim": bench("scim"),
  "bench:lists": bench("lists"),
};

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
process.chdir(root);
requireNode(20, 19);

const [name = "", ...args] = process.argv.slice(2);
const command = commands[name];
if (!command) fail(`Say what to do: ${Object.keys(commands).join(", ")}.`);
try {
  await command(args);
} catch (error) {
  fail(error.name === "StepFailed" ? error.message : error.stack);
}

async function start(args) {
  await prepare({ web: true });
  process.env.NODE_ENV = "production";
  await enter("start", args);
}

async function dev(args) {
  await prepare({ web: false });
  process.env.NODE_ENV = "development";
  await enter("start", ["--dev", ...args]);
}

async function build() {
  await prepare({ web: true });
}

/** One of the server's own programs, which needs no web application. */
function program(entry) {
  return async (args) => {
    await prepare({ web: false });
    await enter(entry, args);
  };
}

function bench(what) {
  return async (args) => {
    await prepare({ web: ["creates", "lists", "scim"].includes(what) });
    await enter(`bench-${what}`, args);
  };
}

async function test(args) {
  const { alone } = await import("./launch/lock.mjs");
  const { install } = await import("./launch/prepare.mjs");
  await alone(install);
  const { runTests } = await import("./launch/run-tests.mjs");
  process.exit(await runTests(args, () => prepare({ web: true })));
}

async function prepare({ web }) {
  const { alone } = await import("./launch/lock.mjs");
  const { buildServer, buildWeb, install } = await import("./launch/prepare.mjs");
  await alone(async () => {
    await install();
    await buildServer();
    if (web) await buildWeb();
  });
}

/** Goes on in this process: one less between the terminal and what it stops. */
async function enter(entry, args) {
  if (existsSync(".env")) process.loadEnvFile(".env");
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  process.setSourceMapsEnabled(true);
  // A terminal that is closed ends everything in order, as Ctrl-C does.
  process.on("SIGHUP", () => process.kill(process.pid, "SIGTERM"));
  process.argv.splice(1, process.argv.length, path.resolve(`dist/${entry}.js`), ...args);
  await import(pathToFileURL(path.resolve(`dist/${entry}.js`)).href);
}

function requireNode(major, minor) {
  const [haveMajor = 0, haveMinor = 0] = process.versions.node.split(".").map(Number);
  if (haveMajor < major || (haveMajor === major && haveMinor < minor))
    fail(`Latchkey needs Node ${major}.${minor} or newer; this is ${process.versions.node}.`);
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
