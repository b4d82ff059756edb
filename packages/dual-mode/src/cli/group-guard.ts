import type { GroupCare } from "./group-care.ts";

/** A process that waits next to a run for the end of the host, however it ends. */
export interface GroupGuard {
  /** Stops waiting, because the run is over. */
  stop(): void;
}

/**
 * Its stdin is a pipe that the host holds, and that the kernel closes when the host ends: at
 * SIGKILL, at a crash, when memory runs out, or when a worker thread is terminated. It ignores
 * signals meant for the host's terminal, and ends the group as the host would.
 */
const script = `trap '' HUP INT QUIT TERM
read -r _
kill -s "$3" -- "-$1" 2>/dev/null && { sleep 0.1; kill -s KILL -- "-$1" 2>/dev/null; }
rm -rf -- "$2"`;

/**
 * Starts a process that ends a group, and removes the run's folders, if this host ends first.
 * Undefined if there is no shell for it (on Windows, or in an image without one).
 *
 * @param care `held` stays open in the guard too: the reader of its other end sees the host's end
 * only once the group is killed.
 */
export function guardGroup(
  group: number,
  root: string,
  { expendable = false, held }: GroupCare = {},
): GroupGuard | undefined {
  if (process.platform === "win32") {
    return undefined;
  }
  const { spawn } = process.getBuiltinModule("node:child_process");
  try {
    const signal = expendable ? "KILL" : "TERM";
    const guard = spawn("/bin/sh", ["-c", script, "acc-guard", String(group), root, signal], {
      cwd: "/",
      env: { PATH: "/usr/bin:/bin" },
      stdio: ["pipe", "ignore", "ignore", ...(held === undefined ? [] : [held])],
      detached: true,
    });
    const { stdin } = guard;
    guard.on("error", () => {});
    stdin?.on("error", () => {});
    guard.unref();
    // A child's pipe is a socket, whatever its type says.
    if (stdin && "unref" in stdin && typeof stdin.unref === "function") stdin.unref();
    if (guard.pid === undefined) return undefined;
    return {
      stop: () => {
        guard.kill("SIGKILL");
        stdin?.destroy();
      },
    };
  } catch {
    return undefined;
  }
}
