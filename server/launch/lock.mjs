import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

const file = "dist/preparing.pid";

/**
 * Runs `work` while no other launch in this clone prepares: two installs or builds at once would spoil each other. The
 * second one waits; a lock whose holder is gone is taken over.
 */
export async function alone(work) {
  mkdirSync("dist", { recursive: true });
  for (let told = false; !take(); told = true) {
    if (!told) process.stderr.write("Another launch is preparing this clone; waiting for it …\n");
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
    writeFileSync(file, `${process.pid} ${startOf(process.pid)}`, { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  const mark = read(file);
  if (mark !== undefined && isHeld(mark)) return false;
  if (mark !== undefined) remove(mark);
  return take();
}

function isHeld(mark) {
  // Empty for the moment between its making and its writing.
  if (mark === "") return Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) < 2_000;
  const [pid, start] = mark.split(" ");
  return startOf(pid) === start;
}

/** Removes the lock that a launch left behind; not the one that another put in its place since we looked. */
function remove(mark) {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    if (read(aside) !== mark) linkSync(aside, file);
  } catch (error) {
    if (error.code !== "ENOENT" && error.code !== "EEXIST") throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/**
 * When a process started, since pids come round again (in a container, at every start); "alive" where that can't be
 * known, undefined when there is no such process.
 */
function startOf(pid) {
  if (process.platform === "linux") {
    const stat = read(`/proc/${pid}/stat`);
    return stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  }
  try {
    process.kill(Number(pid), 0);
    return "alive";
  } catch (error) {
    return error.code === "EPERM" ? "alive" : undefined;
  }
}

function read(place) {
  try {
    return readFileSync(place, "utf8");
  } catch (error) {
    if (error.code === "ENOENT" || error.code === "ESRCH") return undefined;
    throw error;
  }
}
