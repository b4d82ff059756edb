import { throwIfAborted } from "../abort-reason.ts";
import { spawnFailure } from "../detect/spawn-failure.ts";
import { loadLibrary } from "../host/load-library.ts";
import type { Launch } from "./launch.ts";
import { readChunks } from "./read-chunks.ts";
import { readTail, type Tail } from "./read-tail.ts";

export interface SpawnInput {
  readonly launch: Launch;
  readonly args: readonly string[];
  readonly stdin: string;
  /** Whether stdin stays open after that. */
  readonly dialogue: boolean;
  readonly env: Readonly<Record<string, string>>;
  readonly workingFolder: string;
  /** The descriptor that becomes the process's stdout. */
  readonly stdout: number;
  readonly signal: AbortSignal;
  /**
   * Called directly after the spawn, before anything is written.
   *
   * @param stdin The descriptor of the host's end of its stdin.
   */
  readonly spawned: (pid: number, stdin: number | undefined) => void;
}

/** A process that leads a group of its own. */
export interface GroupLeader {
  readonly pid: number;
  readonly stderr: Tail;
  /** Resolves with how the leader ended; other processes of its group may still live. */
  readonly exited: Promise<{ readonly exitCode?: number; readonly signal?: string }>;
  /** Writes to stdin if it is open. */
  write(text: string): void;
  endInput(): void;
  /** Whether the host stays alive for the process. */
  keepsHost(on: boolean): void;
}

/**
 * Starts a program without a shell, writes its stdin and, unless it is a dialogue, closes it.
 *
 * @throws {@link DualModeError} if it cannot be started, or the signal is aborted before that.
 */
export async function spawnGroup(input: SpawnInput): Promise<GroupLeader> {
  const { launch, args, stdin, dialogue, env, workingFolder, signal } = input;
  const { execa } = await loadLibrary("execa", () => import("execa"));
  throwIfAborted(signal);
  const child = execa(launch.file, [...launch.prefixArgs, ...args], {
    cwd: workingFolder,
    env,
    extendEnv: false,
    preferLocal: false,
    shell: false,
    ...(dialogue ? { stdin: "pipe" as const } : { input: stdin }),
    // The types list only descriptors up to 9.
    stdout: input.stdout as 9,
    buffer: false,
    reject: false,
    cleanup: false,
    detached: process.platform !== "win32",
    windowsHide: true,
    verbose: "none",
  });
  const { pid, stderr } = child;
  if (pid === undefined) {
    const { cause } = await child;
    throw spawnFailure(launch.file, cause);
  }
  input.spawned(pid, descriptorOf(child.stdin));
  // A command that is gone, or has closed its stdin, shows why in another way.
  child.stdin?.on("error", () => {});
  if (dialogue) child.stdin?.write(stdin);
  const exited = new Promise<Awaited<GroupLeader["exited"]>>((resolve) => {
    child.once("exit", (exitCode: number | null, ended: string | null) =>
      resolve(ended === null ? { exitCode: exitCode ?? 1 } : { signal: ended }),
    );
  });
  return {
    pid,
    stderr: readTail(readChunks(stderr, exited)),
    exited,
    write: (text) => {
      if (child.stdin?.writable) child.stdin.write(text);
    },
    endInput: () => {
      if (dialogue) child.stdin?.end();
    },
    keepsHost: (on) => {
      for (const each of [child, child.stdin, stderr]) keep(each, on);
    },
  };
}

/** A child's streams are sockets, whatever their type says. */
function keep(handle: object | null, on: boolean): void {
  const change: unknown = handle && Reflect.get(handle, on ? "ref" : "unref");
  if (typeof change === "function") change.call(handle);
}

/** Undefined on Windows, where a handle has no descriptor. */
function descriptorOf(stream: object | null): number | undefined {
  const descriptor: unknown = Reflect.get(Object(stream && Reflect.get(stream, "_handle")), "fd");
  return typeof descriptor === "number" && descriptor >= 0 ? descriptor : undefined;
}
