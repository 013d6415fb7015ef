import { spawn } from "node:child_process";

/** A program that ended badly; what it printed is told with it. */
export class StepFailed extends Error {
  name = "StepFailed";
}

/**
 * Runs a program to its end, keeping what it prints for the case that it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [env] added to the environment
 * @returns {Promise<void>}
 */
export function run(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...env },
    });
    const printed = [];
    child.stdout.on("data", (chunk) => printed.push(chunk));
    child.stderr.on("data", (chunk) => printed.push(chunk));
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) resolve();
      else
        reject(
          new StepFailed(
            `${[command, ...args].join(" ")} ended with ${signal ?? code}:\n${Buffer.concat(printed)}`,
          ),
        );
    });
  });
}

/**
 * Runs a program in the foreground, on our terminal.
 * @returns {Promise<number>} its exit status; a signal counts as 1
 */
export function show(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...env },
    });
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
}
