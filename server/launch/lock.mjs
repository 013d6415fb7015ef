import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

const file = "dist/preparing.pid";

/**
 * Runs `work` while no other launch in this clone prepares: two installs or builds at once would spoil each other. The
 * second one waits; a lock whose holder is gone is taken over.
 */
export async function alone(work) {
  mkdirSync("dist", { recursive: true });
  for (let told = false; !take(); told = true) {
    if (!told) process.stdout.write("Another launch is preparing this clone; waiting for it …\n");
    await pause(300);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take() {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  if (!isAlive(holder())) rmSync(file, { force: true });
  return false;
}

function holder() {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch {
    return 0;
  }
}

function isAlive(pid) {
  // Empty for the moment between its creation and its writing: its holder lives.
  if (pid === 0) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
