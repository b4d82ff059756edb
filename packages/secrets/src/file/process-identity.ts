import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { crypto } from "../crypto.ts";

/** Says which thread of which process, on which machine, holds something. */
export interface ProcessIdentity {
  readonly version: 2;
  readonly pid: number;
  /** The kernel's number of the thread: a worker ends before its process. 0 if it is unknown. */
  readonly thread: number;
  /** When the thread started, if that can be known: numbers are reused. */
  readonly start: string;
  readonly machine: string;
  readonly boot: string;
  /** Only inside one of them can a pid be looked up. */
  readonly pidNamespace: string;
  /** New for every claim. */
  readonly nonce: string;
  /** The byte of the lock file that the kernel locks for it; absent if there is no kernel lock. */
  readonly lockedAt?: number;
}

export function newIdentity(lockedAt?: number): ProcessIdentity {
  return {
    version: 2,
    ...thisThread(),
    ...placeOfThisProcess(),
    nonce: crypto().randomUUID(),
    ...(lockedAt !== undefined && { lockedAt }),
  };
}

/** The identity in a text, also in the form that had one `place`; undefined in a cut one. */
export function parseIdentity(text: string): ProcessIdentity | undefined {
  try {
    const found = JSON.parse(text) as (Partial<ProcessIdentity> & { place?: unknown }) | null;
    if (!isPid(found?.pid) || !/^[\w.-]{1,80}$/.test(String(found?.nonce))) {
      return undefined;
    }
    const [, boot = "", pidNamespace = ""] = String(found?.place ?? "").split(" ");
    const { thread = 0, start = "", machine = "" } = found ?? {};
    return { boot, pidNamespace, ...found, thread, start, machine } as ProcessIdentity;
  } catch {
    return undefined;
  }
}

/** 0 and below are groups of processes to kill(2), and always alive. */
function isPid(pid: unknown): boolean {
  return Number.isInteger(pid) && (pid as number) > 0 && (pid as number) < 2 ** 31;
}

/**
 * Whether the thread is surely gone. One elsewhere may be alive. `isLockFree` says whether the
 * kernel holds its byte of the lock file no longer, where that is a proof; else undefined.
 */
export function isDead(
  owner: ProcessIdentity,
  isLockFree: (owner: ProcessIdentity, isSameBoot: boolean) => boolean | undefined = () =>
    undefined,
): boolean {
  const here = placeOfThisProcess();
  const isSameBoot = owner.boot !== "" && owner.boot === here.boot;
  const free = owner.lockedAt === undefined ? undefined : isLockFree(owner, isSameBoot);
  if (free !== undefined) return free;
  const isSameMachine = owner.machine !== "" && owner.machine === here.machine;
  const isLookedUp = here.boot === "" ? isSameMachine : isSameBoot;
  if (isLookedUp && owner.pidNamespace === here.pidNamespace) return isEnded(owner);
  return isSameMachine && owner.boot !== "" && !isSameBoot;
}

function isEnded({ pid, thread, start }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
  if (statusOf(pid, 0).ended) return true;
  const now = statusOf(pid, thread);
  return now.ended || (now.start !== "" && start !== "" && now.start !== start);
}

/** From /proc; elsewhere nothing is known, and a pid by itself must do. */
function statusOf(pid: number, thread: number): { start: string; ended: boolean } {
  const folder = thread === 0 ? `/proc/${pid}` : `/proc/${pid}/task/${thread}`;
  try {
    const text = readFileSync(`${folder}/stat`, "latin1");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { start: fields[19] ?? "", ended: fields[0] === "Z" || fields[0] === "X" };
  } catch (error) {
    const isGone = thread !== 0 && /ENOENT|ESRCH/.test((error as Error).message);
    return { start: "", ended: isGone && statusOf(pid, 0).start !== "" };
  }
}

type Thread = Pick<ProcessIdentity, "pid" | "thread" | "start">;

let self: Thread | undefined;

/** Looked up once: each thread loads this module for itself. */
function thisThread(): Thread {
  if (self) return self;
  const { pid } = process;
  const path = readOrNothing(() => readlinkSync("/proc/thread-self"));
  const thread = Number(/\d+$/.exec(path)?.[0] ?? 0);
  self = { pid, thread, start: statusOf(pid, thread).start };
  return self;
}

type Place = Pick<ProcessIdentity, "machine" | "boot" | "pidNamespace">;

let place: Place | undefined;

function placeOfThisProcess(): Place {
  place ??= {
    machine: machineId(),
    boot: readOrNothing(() => readFileSync("/proc/sys/kernel/random/boot_id", "latin1")),
    pidNamespace: readOrNothing(() => readlinkSync("/proc/self/ns/pid")),
  };
  return place;
}

/** On Linux a name says nothing: containers have new ones, and machines share them. */
function machineId(): string {
  if (process.platform !== "linux") return hostname();
  const read = (path: string): string => readOrNothing(() => readFileSync(path, "latin1"));
  return read("/etc/machine-id") || read("/var/lib/dbus/machine-id");
}

function readOrNothing(read: () => string): string {
  try {
    return read().trim();
  } catch {
    return "";
  }
}
