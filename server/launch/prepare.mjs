import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fingerprint } from "./fingerprint.mjs";
import { step } from "./progress.mjs";
import { run } from "./run.mjs";

const installStamp = "node_modules/.latchkey-install";
const serverStamp = "dist/server.stamp";
const webStamp = "dist/web.stamp";

const serverSources = ["lib", "db", "server", "bench", "package.json", "package-lock.json", "tsconfig.json"];
const webSources = [...serverSources, "app", "components", "public", "next.config.mjs", "postcss.config.mjs"];

/** Installs the packages, unless these very ones are there. */
export async function install() {
  const wanted = fingerprint(["package.json", "package-lock.json", ".npmrc"]);
  if (read(installStamp) === wanted) return;
  if (process.env.npm_config_ignore_scripts === "true")
    process.stdout.write("npm is set to ignore-scripts: the embedded PostgreSQL and esbuild need theirs.\n");
  // npm sets its own settings for what it runs; an npm inside another takes them for the user's.
  const clean = Object.fromEntries(
    Object.keys(process.env)
      .filter((key) => key.startsWith("npm_"))
      .map((key) => [key, undefined]),
  );
  await step("Installing packages", () =>
    run("npm", ["install", "--no-audit", "--no-fund", "--include=dev"], clean),
  );
  // npm may complete the lock file for this platform; what counts is what was installed.
  writeFileSync(installStamp, fingerprint(["package.json", "package-lock.json", ".npmrc"]));
}

/** Bundles the server's entries into `dist/`, unless they are there for these sources. */
export async function buildServer() {
  const wanted = fingerprint(serverSources);
  if (read(serverStamp) === wanted) return;
  await step("Bundling the server", async () => {
    const { build } = await import("esbuild");
    await build({
      entryPoints: [...entries("server"), ...entries("bench")],
      outbase: ".",
      entryNames: "[name]",
      outdir: "dist",
      bundle: true,
      splitting: true,
      platform: "node",
      format: "esm",
      target: "node20",
      packages: "external",
      sourcemap: "linked",
      logLevel: "warning",
    });
  });
  writeFileSync(serverStamp, wanted);
}

/** Builds the web application, unless it is there for these sources. A failed build leaves no stamp, and so no start. */
export async function buildWeb() {
  const wanted = fingerprint(webSources);
  if (read(webStamp) === wanted && existsSync(".next/BUILD_ID")) return;
  rmSync(webStamp, { force: true });
  // What `next dev` wrote about pages that are gone since would fail the type check.
  rmSync(".next/dev/types", { recursive: true, force: true });
  await step("Building the web application (a minute or so, once)", () =>
    run("node_modules/.bin/next", ["build"], { NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" }),
  );
  mkdirSync("dist", { recursive: true });
  writeFileSync(webStamp, wanted);
}

/** Files that are run, not imported: each is a program of its own. */
function entries(folder) {
  const programs = {
    server: ["start", "gate", "admin-reset", "token-new", "audit-verify", "audit-head"],
    bench: [
      "bench-creates",
      "bench-gate",
      "bench-revocation",
      "bench-scim",
      "bench-lists",
      "baseline-server",
      "load-generator",
    ],
  };
  return programs[folder].map((name) => `${folder}/${name}.ts`);
}

function read(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
