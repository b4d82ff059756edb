import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** How a run of the built `acc` ended. */
export interface AccRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface AccHome {
  readonly path: string;
  acc(
    args: readonly string[],
    options?: {
      env?: Record<string, string>;
      stdin?: string;
      whenSpawned?: (child: ChildProcess) => void;
    },
  ): Promise<AccRun>;
  remove(): Promise<void>;
}

/** A key that every played vendor takes. */
export const testKey = "test-key-that-opens-nothing";

/** The built command. */
export const accMain: string = fileURLToPath(new URL("../dist/main.cjs", import.meta.url));

/** A user's machine with nothing on it: an empty home, and no command but node. */
export async function emptyHome(): Promise<AccHome> {
  const path = await mkdtemp(join(tmpdir(), "acc-home-"));
  return {
    path,
    remove: () => rm(path, { recursive: true, force: true }),
    acc: (args, { env = {}, stdin = "", whenSpawned } = {}) =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [accMain, ...args], {
          cwd: path,
          env: { HOME: path, PATH: [dirname(process.execPath), "/bin"].join(delimiter), ...env },
        });
        whenSpawned?.(child);
        let stdout = "";
        let stderr = "";
        child.stdout.setEncoding("utf8").on("data", (text) => {
          stdout += text;
        });
        child.stderr.setEncoding("utf8").on("data", (text) => {
          stderr += text;
        });
        child.on("error", reject);
        child.on("close", (code) => resolve({ code, stdout, stderr }));
        child.stdin.on("error", () => {});
        child.stdin.end(stdin);
      }),
  };
}
