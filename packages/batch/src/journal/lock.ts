import { randomUUID } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { BatchError, reasonOf } from "../batch-error.ts";

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly token: string;
}

/** Holds an output for one process; gives what lets it go. */
export async function takeLock(path: string, output: string): Promise<() => Promise<void>> {
  const own: Holder = { pid: process.pid, host: hostname(), token: randomUUID() };
  for (;;) {
    if (await create(path, own)) {
      if ((await read(path))?.token !== own.token) continue;
      held.add(own.token);
      return async () => {
        held.delete(own.token);
        await rm(path, { force: true });
      };
    }
    const holder = await read(path);
    if (holder !== undefined && isAlive(holder)) throw running(holder, path, output);
    await rm(path, { force: true });
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
    return JSON.parse(await readFile(path, "utf8")) as Holder;
  } catch {
    return undefined;
  }
}

/** Of another machine nobody knows; a number of our own is one that was given again. */
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

/** The locks of this process. */
const held = new Set<string>();

function running({ pid, host }: Holder, path: string, output: string): BatchError {
  return new BatchError(
    "BATCH_RUNNING",
    `Process ${pid} of ${host} is writing ${output}.`,
    `Wait for it. If it is none of a batch: remove ${path}.`,
  );
}
