import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { crypto } from "../crypto.ts";

/** Identifies the thread of a process, on one machine, that holds something. */
export interface ProcessIdentity {
  readonly version: 2;
  readonly pid: number;
  /**
   * The kernel's id of the thread, because a worker may end before its process; 0 if it is unknown.
   */
  readonly thread: number;
  /** When the thread started, if that is known, because ids are reused. */
  readonly start: string;
  readonly machine: string;
  readonly boot: string;
  /** The PID namespace, inside which the pid is valid. */
  readonly pidNamespace: string;
  /** A new value for each claim. */
  readonly nonce: string;
  /**
   * The byte of the lock file on which this thread holds a kernel lock; absent if there is none.
   */
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

/**
 * Parses an identity, also in the older form with a single `place`. Returns undefined for an
 * incomplete text.
 */
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

/** For kill(2), 0 and negative numbers are process groups, which always appear alive. */
function isPid(pid: unknown): boolean {
  return Number.isInteger(pid) && (pid as number) > 0 && (pid as number) < 2 ** 31;
}

/**
 * Returns true if the thread is certainly dead; one in another container or on another machine may
 * be alive. `isLockFree` tells whether the kernel lock on its byte is free, and returns undefined
 * if that would prove nothing.
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

/** Reads /proc. On other systems nothing is known about a process but its pid. */
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

/** Cached; each thread loads its own copy of this module. */
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

/**
 * Returns the machine's id. On Linux the host name is not used: each container has a new one, and
 * machines may share one.
 */
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
