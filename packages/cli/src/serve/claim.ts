import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../failure.ts";

/** Time between two checks whether a claim was released, in ms. */
const pause = 50;
/** Time after which the owner of a claim that was not renewed is considered dead, in ms. */
const patience = 20_000;
/** Time between two renewals of a claim, in ms. */
const beat = 5_000;

/**
 * Waits until the file belongs to this process, and returns a function that releases it. If no file
 * can be made, it does not wait: the store that is used afterwards reports the reason. Rejects if a
 * claim that was left behind cannot be removed.
 */
export async function claim(path: string): Promise<() => Promise<void>> {
  const own = randomUUID();
  while (!(await isMade(path, own))) {
    await endIfDead(path);
    await sleep(pause);
  }
  const isOwn = async () => (await readFile(path, "utf8").catch(() => undefined)) === own;
  const sayAlive = async () => {
    if (await isOwn()) await utimes(path, new Date(), new Date()).catch(() => {});
  };
  const timer = setInterval(() => void sayAlive(), beat).unref();
  return async () => {
    clearInterval(timer);
    if (await isOwn()) await rm(path, { force: true });
  };
}

async function isMade(path: string, own: string): Promise<boolean> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, own, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "EEXIST";
  }
}

/**
 * Removes a dead claim. If several processes see it, only one can rename it; the next claim is
 * another file.
 */
async function endIfDead(path: string): Promise<void> {
  const madeAt = await timeOf(path);
  if (madeAt === undefined || Math.abs(Date.now() - madeAt) < patience) return;
  const old = `${path}.${randomUUID()}`;
  try {
    await rename(path, old);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return;
    const message = `${path} was left behind by an earlier start, and cannot be removed: ${code}.`;
    throw new Failure("FOLDER_NOT_WRITABLE", message, "Remove it as its owner.", error);
  }
  // Another process may have removed it after it was checked, and made a new claim: that is put
  // back.
  if ((await timeOf(old)) !== madeAt) await link(old, path).catch(() => {});
  await rm(old, { force: true });
}

/** When the file was written, in milliseconds since the epoch. */
async function timeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
}
