import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { onTestFinished } from "vitest";
import { accMain } from "../../packages/cli/test/acc.ts";
import { deployText } from "./deployment.ts";

/** The user that the image and the manifests run it as. */
export const user = 65_532;

/** Whether this machine lets a test make a file system that is read alone, and be another user. */
export function canRestrict(): boolean {
  const isRoot = process.getuid?.() === 0;
  return (
    process.platform === "linux" && isRoot && spawnSync("unshare", ["-m", "true"]).status === 0
  );
}

/**
 * Every mount is read alone, but for two folders of a tmpfs; then it is another user, without
 * capabilities, who can gain none.
 */
const restrict = `set -e
mount --make-rprivate /
mount -o remount,bind,ro /
mount -t tmpfs -o mode=1777 tmpfs "$1"
shift
exec setpriv --reuid ${user} --regid ${user} --clear-groups --no-new-privs \\
  --bounding-set=-all --inh-caps=-all --ambient-caps=-all "$@"`;

export interface Restricted {
  readonly url: string;
  readonly pid: number;
  /** A folder of a tmpfs, the one place that it can write to. */
  readonly writable: string;
  /** All that it has written, on both streams, and its tracer on descriptor 3. */
  said(): string;
  /** Runs a program of Node.js under the same restrictions; gives what it prints. */
  tries(program: string): string;
  /** Its exit code once it has been told to end. */
  end(): Promise<number | null>;
}

export interface Start {
  /** The config file, in `deploy`. @default the image's */
  readonly settings?: string;
  /** The words after `acc`, but for its port. @default the image's */
  readonly args?: readonly string[];
  /** The words of what runs Node.js, such as a tracer. */
  readonly by?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const ofImage = ["serve", "--host", "0.0.0.0", "--allow-remote"];

/** Starts `acc serve` as the image does, with secrets in files, under the restrictions. */
export async function startRestricted(
  secrets: Readonly<Record<string, string>>,
  { settings: file = "acc-config.json", args: words = ofImage, by = [], env = {} }: Start = {},
): Promise<Restricted> {
  const folder = mkdtempSync(join(tmpdir(), "acc-restricted-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  chmodSync(folder, 0o755);
  const writable = join(folder, "tmp");
  mkdirSync(writable);
  const mounted = join(folder, "secrets");
  mkdirSync(mounted);
  for (const [name, value] of Object.entries(secrets)) {
    writeFileSync(join(mounted, name), `${value}\n`, { mode: 0o440 });
    chownSync(join(mounted, name), 0, user);
  }
  const settings = JSON.parse(deployText(file));
  const config = join(folder, "config.json");
  const store = { ...settings.secrets, folder: mounted };
  writeFileSync(config, JSON.stringify({ ...settings, secrets: store }));
  const restricted = ["-m", "sh", "-c", restrict, "sh", writable];
  const node = [...restricted, process.execPath];
  const all = { HOME: writable, PATH: "/usr/sbin:/usr/bin:/sbin:/bin", ACC_CONFIG: config, ...env };
  const run = [...by, process.execPath, accMain, ...words, "--port", "0", "--json"];
  const child = spawn("unshare", [...restricted, ...run], {
    ...{ env: all, cwd: "/", detached: true },
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of child.stdio) {
    stream?.on("data", (text) => {
      said += text;
    });
  }
  const ended = once(child, "close");
  onTestFinished(async () => {
    // A tracer that is killed lets what it traces live on.
    if (child.exitCode === null && child.signalCode === null)
      process.kill(-Number(child.pid), "SIGKILL");
    await ended;
  });
  const early = ended.then(() => {
    throw new Error(`acc serve did not start:\n${said}`);
  });
  const first = once(createInterface(child.stdout as Readable), "line");
  const [line] = await Promise.race([first, early]);
  early.catch(() => undefined);
  const { url, pid } = JSON.parse(line);
  return {
    ...{ url, pid, writable, said: () => said },
    tries: (program) => {
      const { stdout, stderr } = spawnSync("unshare", [...node, "-e", program], {
        env: all,
        encoding: "utf8",
      });
      return stdout + stderr;
    },
    end: async () => {
      process.kill(pid, "SIGTERM");
      return (await ended)[0];
    },
  };
}
