import type { GroupCare } from "./group-care.ts";

/** Waits next to a run for the host's end, however it ends. */
export interface GroupGuard {
  /** The run is over: nothing is left to wait for. */
  stop(): void;
}

/**
 * Its stdin is a pipe that the host holds, and that the kernel closes with it: at SIGKILL, at a
 * crash, when the memory is out, or when a worker thread is terminated. It hears no signal meant
 * for the host's terminal, and ends the group as the host would.
 */
const script = `trap '' HUP INT QUIT TERM
read -r _
kill -s "$3" -- "-$1" 2>/dev/null && { sleep 0.1; kill -s KILL -- "-$1" 2>/dev/null; }
rm -rf -- "$2"`;

/**
 * Has a process of its own end a group, and remove the run's folders, should this host be gone
 * before. Undefined where there is no shell to do it (Windows, an image without one).
 *
 * @param care `held` is open in the guard too: to whom reads its other end the host's end shows
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
    // A pipe of a child is a socket, whatever its type says.
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
