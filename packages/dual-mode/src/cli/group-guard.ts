/** Waits beside a run for the host's end, however it ends. */
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
kill -s TERM -- "-$1" 2>/dev/null && { sleep 0.1; kill -s KILL -- "-$1" 2>/dev/null; }
rm -rf -- "$2"`;

/**
 * Has a process of its own end a group, and remove the run's folders, should this host be gone
 * before. Undefined where there is no shell to do it (Windows, an image without one).
 */
export function guardGroup(group: number, root: string): GroupGuard | undefined {
  if (process.platform === "win32") {
    return undefined;
  }
  const { spawn } = process.getBuiltinModule("node:child_process");
  try {
    const guard = spawn("/bin/sh", ["-c", script, "acc-guard", String(group), root], {
      cwd: "/",
      env: { PATH: "/usr/bin:/bin" },
      stdio: ["pipe", "ignore", "ignore"],
      detached: true,
    });
    guard.on("error", () => {});
    guard.stdin.on("error", () => {});
    guard.unref();
    // A pipe of a child is a socket, whatever its type says.
    if ("unref" in guard.stdin && typeof guard.stdin.unref === "function") guard.stdin.unref();
    return {
      stop: () => {
        guard.kill("SIGKILL");
        guard.stdin.destroy();
      },
    };
  } catch {
    return undefined;
  }
}
