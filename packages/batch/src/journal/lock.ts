import { randomUUID } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout } from "node:timers/promises";
import { BatchError, reasonOf } from "../batch-error.ts";

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly token: string;
}

/** Milliseconds for which a lock file may be empty, because its owner is about to write it. */
const longestWrite = 1_000;

/** Locks an output for one process, and returns a function that unlocks it. */
export async function takeLock(path: string, output: string): Promise<() => Promise<void>> {
  const own: Holder = { pid: process.pid, host: hostname(), token: randomUUID() };
  held.add(own.token);
  try {
    await hold(path, own, output);
  } catch (error) {
    held.delete(own.token);
    throw error;
  }
  return async () => {
    held.delete(own.token);
    await rm(path, { force: true });
  };
}

async function hold(path: string, own: Holder, output: string): Promise<void> {
  const end = performance.now() + longestWrite;
  for (;;) {
    await create(path, own);
    const holder = await read(path);
    if (holder?.token === own.token) return;
    if (holder !== undefined && isAlive(holder)) throw running(holder, path, output);
    if (holder === undefined && performance.now() < end) await setTimeout(20);
    else await takeAway(path, holder, own);
  }
}

/**
 * Removes the lock of a process that has ended, if it is still there. Only the process that creates
 * a claim file for that lock may do so: another could have removed it in the meantime, and the
 * present lock could be its own.
 */
async function takeAway(path: string, gone: Holder | undefined, own: Holder): Promise<void> {
  const claim = `${path}.${gone?.token ?? "unreadable"}`;
  if (!(await create(claim, own))) {
    const other = await read(claim);
    if (other !== undefined && !isAlive(other)) await rm(claim, { force: true });
    return await setTimeout(5);
  }
  try {
    if ((await read(path))?.token === gone?.token) await rm(path, { force: true });
  } finally {
    await rm(claim, { force: true });
  }
}

async function create(path: string, own: Holder): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(own), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    const message = `Nothing can be written beside ${path}: ${reasonOf(error)}.`;
    const fix = "Name a place that you may write to.";
    throw new BatchError("OUTPUT_UNWRITABLE", message, fix, error);
  }
}

async function read(path: string): Promise<Holder | undefined> {
  try {
    const holder = JSON.parse(await readFile(path, "utf8")) as Partial<Holder> | null;
    // The token becomes part of a file name.
    return /^[\w-]+$/.test(String(holder?.token)) ? (holder as Holder) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether the process that holds a lock may still run. On another machine this is unknown; our own
 * pid without a held token is one that was reused.
 */
function isAlive({ pid, host, token }: Holder): boolean {
  if (host !== hostname()) return true;
  if (pid === process.pid) return held.has(token);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Tokens of the locks that this process holds. */
const held = new Set<string>();

function running({ pid, host }: Holder, path: string, output: string): BatchError {
  return new BatchError(
    "BATCH_RUNNING",
    `Process ${pid} of ${host} is writing ${output}.`,
    `Wait for it. If that process does not run a batch, remove ${path}.`,
  );
}
