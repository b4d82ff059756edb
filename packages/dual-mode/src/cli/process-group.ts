import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { hasMembers } from "./group-members.ts";

const windows = process.platform === "win32";

/** Milliseconds that a group has between SIGTERM and SIGKILL. */
const defaultGrace = 2_000;
/**
 * Milliseconds to wait until a killed group is gone: the kernel takes a moment to end a large
 * process.
 */
const dying = 1_000;

/**
 * Ends the process group that `pid` leads with SIGTERM and, after the grace, SIGKILL; without a
 * grace it kills the group at once. Settles when nothing of the group is left.
 */
export async function endGroup(pid: number, grace: number = defaultGrace): Promise<void> {
  if (windows) {
    return endTree(pid);
  }
  if (grace > 0 && (!signalGroup(pid, "SIGTERM") || (await isGone(pid, grace)))) return;
  if (signalGroup(pid, "SIGKILL")) await isGone(pid, dying);
}

/**
 * Kills groups when there is no time left: SIGTERM, 100 ms in which a half-written file can be
 * finished, then SIGKILL. Expendable groups are killed at once.
 */
export function killGroupsNow(pids: readonly number[], expendable: readonly number[] = []): void {
  if (windows) {
    for (const pid of [...pids, ...expendable]) {
      childProcess().spawnSync(taskkill(), ["/pid", String(pid), "/T", "/F"], {
        windowsHide: true,
      });
    }
    return;
  }
  for (const pid of expendable) signalGroup(pid, "SIGKILL");
  const living = pids.filter((pid) => signalGroup(pid, "SIGTERM"));
  if (living.length > 0) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  }
  for (const pid of living) {
    signalGroup(pid, "SIGKILL");
  }
}

/** Sends a signal to every process of the group; false if none is left. */
function signalGroup(pid: number, signal: "SIGTERM" | "SIGKILL"): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}

async function isGone(pid: number, milliseconds: number): Promise<boolean> {
  const end = performance.now() + milliseconds;
  for (let pause = 2; hasMembers(pid); pause = Math.min(pause * 2, 50)) {
    if (performance.now() > end) {
      return false;
    }
    await delay(pause);
  }
  return true;
}

/** Windows has no process groups: ends the tree below the process. */
async function endTree(pid: number): Promise<void> {
  const child = childProcess().spawn(taskkill(), ["/pid", String(pid), "/T", "/F"], {
    stdio: "ignore",
    windowsHide: true,
  });
  await new Promise((resolve) => child.once("exit", resolve).once("error", resolve));
}

/** Loaded only when it is used: it takes 3 ms, and other systems do not need it here. */
function childProcess() {
  return process.getBuiltinModule("node:child_process");
}

function taskkill(): string {
  return join(process.env.SystemRoot ?? "C:\\Windows", "System32", "taskkill.exe");
}
