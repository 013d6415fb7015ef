import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";

/** Settles at its first message. @throws when it ends instead, or says nothing for 15 seconds */
export async function ready(child: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const patience = setTimeout(() => reject(new Error("It did not get ready in 15 s.")), 15_000);
    child.once("message", () => {
      clearTimeout(patience);
      resolve();
    });
    child.once("exit", (code) => {
      clearTimeout(patience);
      reject(new Error(`It ended with ${code}.`));
    });
  });
}

export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}

/** Runs a program to its end, of two minutes at most, and takes its standard output. */
export function outputOf(file: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.resolve(`dist/${file}.js`), ...args], {
      stdio: ["ignore", "pipe", "inherit"],
      timeout: 120_000,
    });
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
    child.on("close", (code, signal) =>
      code === 0 ? resolve(text) : reject(new Error(`${file} ended with ${signal ?? code}.`)),
    );
  });
}

/** Seconds of CPU that a process and those it runs have used so far. */
export async function cpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const children = (await readFile(`/proc/${pid}/task/${pid}/children`, "utf8")).split(" ").filter(Boolean);
  const theirs = await Promise.all(children.map((child) => cpuSeconds(Number(child))));
  return theirs.reduce((sum, seconds) => sum + seconds, (Number(fields[11]) + Number(fields[12])) / 100);
}
