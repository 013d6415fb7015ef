import { readdirSync, readFileSync } from "node:fs";

/** The pids of all whose command names this place. */
export function processesOn(place: string): number[] {
  return processes().filter((pid) => commandOf(pid).includes(place));
}

/** The pids of all in this process group that still run. */
export function processesInGroup(group: number): number[] {
  return processes().filter((pid) => Number(fieldsOf(pid)[2]) === group && fieldsOf(pid)[0] !== "Z");
}

/**
 * Stops a process and its children, which is what a half-open connection to them looks like.
 * @returns how to let them go on
 */
export function freeze(parent: number): () => void {
  // The parent comes first: its children can't vanish then, only wait to be buried.
  process.kill(parent, "SIGSTOP");
  const children = readProc(`/proc/${parent}/task/${parent}/children`).split(" ").filter(Boolean).map(Number);
  for (const pid of children) process.kill(pid, "SIGSTOP");
  return () => {
    for (const pid of [...children, parent]) process.kill(pid, "SIGCONT");
  };
}

function processes(): number[] {
  return readdirSync("/proc").map(Number).filter(Boolean);
}

/** The words of its command, each ended by a NUL. */
export function commandOf(pid: number): string {
  return readProc(`/proc/${pid}/cmdline`);
}

/** State, parent and group come first. */
function fieldsOf(pid: number): string[] {
  const text = readProc(`/proc/${pid}/stat`);
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
}

/** A process that ends while it is looked at has nothing to tell. */
function readProc(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
