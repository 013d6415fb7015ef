import { readFileSync } from "node:fs";

/*
 * A postmaster is started with the name of the process it works for. One that outlived its owner (kill -9) can so be
 * told from one in use, by anybody who may connect to it.
 */

/** The name for a postmaster that works for this process. */
export function ownerName(): string {
  return `latchkey-${process.pid}-${startOf(process.pid)}`;
}

/** The pid in such a name, while that very process lives. */
export function livingOwner(name: string): number | undefined {
  const [, pid, start] = /^latchkey-(\d+)-(\d+)$/.exec(name) ?? [];
  if (pid === undefined || !isAlive(Number(pid))) return undefined;
  return startOf(Number(pid)) === Number(start) ? Number(pid) : undefined;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** When a process started, in the kernel's ticks: pids come round again. 0 where that can't be known. */
function startOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in parentheses, and may hold anything.
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]);
  } catch {
    return 0;
  }
}
