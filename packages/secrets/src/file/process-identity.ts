import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { crypto } from "../crypto.ts";

/** Says which process, on which machine, holds something. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When the process started, where that can be known: a pid may be given again. */
  readonly start: string;
  /** Machine, boot and pid namespace: only inside one of them can a pid be looked up. */
  readonly place: string;
  /** New for every claim. */
  readonly nonce: string;
}

export function newIdentity(): ProcessIdentity {
  const { pid } = process;
  return {
    pid,
    start: statusOf(pid).start,
    place: placeOfThisProcess(),
    nonce: crypto().randomUUID(),
  };
}

/** Whether the process is surely dead. One elsewhere may be alive. */
export function isDead(identity: ProcessIdentity): boolean {
  if (identity.place !== placeOfThisProcess() || !Number.isInteger(identity.pid)) return false;
  try {
    process.kill(identity.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
  const { start, ended } = statusOf(identity.pid);
  return ended || (start !== "" && identity.start !== "" && start !== identity.start);
}

/** From /proc; elsewhere nothing is known, and a pid alone has to do. */
function statusOf(pid: number): { start: string; ended: boolean } {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { start: fields[19] ?? "", ended: fields[0] === "Z" || fields[0] === "X" };
  } catch {
    return { start: "", ended: false };
  }
}

let place: string | undefined;

function placeOfThisProcess(): string {
  place ??= [
    hostname(),
    readOrNothing(() => readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim()),
    readOrNothing(() => readlinkSync("/proc/self/ns/pid")),
  ].join(" ");
  return place;
}

function readOrNothing(read: () => string): string {
  try {
    return read();
  } catch {
    return "";
  }
}
