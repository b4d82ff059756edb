import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** A process, distinguishable from a later one with the same pid. */
export interface Owner {
  readonly pid: number;
  /** When the process started, in the kernel's ticks; "" if the kernel does not tell. */
  readonly started: string;
  /** The machine, its boot and the PID namespace, within which the pid is valid. */
  readonly machine: string;
}

let self: Owner | undefined;

export function thisProcess(): Owner {
  self ??= { pid: process.pid, started: look(process.pid)?.started ?? "", machine: machine() };
  return self;
}

/** Returns true only if the process is certainly dead. */
export function isGone(owner: Owner): boolean {
  if (owner.machine !== thisProcess().machine) return false;
  if (!canBeSignalled(owner.pid)) return true;
  const found = look(owner.pid);
  if (!found || owner.started === "") return false;
  return found.dead || found.started !== owner.started;
}

function canBeSignalled(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * Reads /proc, because a killed process whose parent has not waited for it can still be signalled.
 */
function look(pid: number): { dead: boolean; started: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the command in parentheses, which may itself contain spaces and
    // parentheses.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { dead: fields[0] === "Z" || fields[0] === "X", started: fields[19] ?? "" };
  } catch {
    return undefined;
  }
}

/**
 * Returns an id of the machine. The host name is used only if the kernel has no boot id: containers
 * and clones share names.
 */
function machine(): string {
  const started = boot();
  return [started === "" ? hostname() : "", started, namespace()].join("/");
}

function boot(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return "";
  }
}

function namespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}
