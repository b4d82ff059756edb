import { constants, type Stats } from "node:fs";
import { type FileHandle, open, rename } from "node:fs/promises";
import { SecretsError } from "../errors.ts";
import { isMissing } from "../file/file-error.ts";
import { longestFile, nextOlderFile, olderFiles } from "./audit-files.ts";
import { type Epochs, isSigned, parseLine, type SignedEntry } from "./audit-line.ts";

/** The longest line, in bytes. */
export const longestLine: number = 8192;

/** How far from the end of the file the last good line is searched for, in bytes. */
const searched: number = 1024 * 1024;

const appending: number =
  constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);

/**
 * Appends the lines that `follow` returns for the last good line, which is one that the holder of
 * an epoch's key wrote. Lines that others appended stay, for a check to find; a line that a killed
 * writer left unfinished, and so never acknowledged, is cut off. A file that has grown long is set
 * aside first. The caller holds the lock.
 */
export async function appendLines(
  path: string,
  epochs: Epochs,
  sync: boolean,
  follow: (last: SignedEntry | undefined) => string,
): Promise<void> {
  let file = await openPrivate(path);
  try {
    let { last, size } = await endOf(file, epochs);
    if (size > longestFile) {
      await file.handle.close();
      await rename(path, nextOlderFile(path, await olderFiles(path)));
      file = await openPrivate(path);
      size = file.size;
    }
    if (size === 0) last ??= await lastOfOlder(path, epochs);
    const text = follow(last);
    try {
      await file.handle.appendFile(text);
      if (sync) await file.handle.datasync();
    } catch (error) {
      await file.handle.truncate(size).catch(() => undefined);
      throw error;
    }
  } finally {
    await file.handle.close();
  }
}

/** A file, and its size when it was opened: nothing else writes to it under the lock. */
interface OpenFile {
  readonly handle: FileHandle;
  readonly size: number;
}

async function openPrivate(path: string): Promise<OpenFile> {
  const handle = await open(path, appending, 0o600);
  try {
    const found = await handle.stat();
    checkPrivate(found, path);
    return { handle, size: found.size };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function lastOfOlder(path: string, epochs: Epochs): Promise<SignedEntry | undefined> {
  const newest = (await olderFiles(path)).at(-1);
  if (newest === undefined) return undefined;
  const handle = await open(newest, constants.O_RDONLY).catch((error) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  try {
    if (!handle) return undefined;
    const { size } = await handle.stat();
    return lastGood(await tailOf({ handle, size }, searched), epochs);
  } finally {
    await handle?.close();
  }
}

/**
 * Completes or cuts off an unfinished last line. Returns the last good line, and the size of the
 * file.
 */
async function endOf(
  file: OpenFile,
  epochs: Epochs,
): Promise<{ size: number; last: SignedEntry | undefined }> {
  const { handle, size } = file;
  const near = await tailOf(file, longestLine * 2);
  const end = near.lastIndexOf("\n") + 1;
  const rest = near.slice(end);
  if (rest === "") return { size, last: await lastFrom(file, near, epochs) };
  const isWhole = goodLine(rest, epochs) !== undefined;
  const whole = isWhole || rest.length > longestLine ? size + 1 : size - rest.length;
  if (whole > size) await handle.appendFile("\n");
  else await handle.truncate(whole);
  const lines = whole > size ? `${near}\n` : near.slice(0, end);
  return { size: whole, last: await lastFrom({ handle, size: whole }, lines, epochs) };
}

/**
 * Returns the last line if it is good and follows the one before it; otherwise searches further
 * back.
 */
async function lastFrom(
  file: OpenFile,
  near: string,
  epochs: Epochs,
): Promise<SignedEntry | undefined> {
  const start = near.lastIndexOf("\n", near.length - 2);
  const text = near.slice(start + 1, -1);
  const before = near.slice(near.lastIndexOf("\n", start - 1) + 1, Math.max(0, start));
  const last = goodLine(text, epochs);
  const isNext = last && parseLine(before)?.mac === last.prev;
  return isNext ? last : lastGood(await tailOf(file, searched), epochs);
}

/** Returns the good line with the highest number: an old line may have been appended again. */
function lastGood(tail: string, epochs: Epochs): SignedEntry | undefined {
  let highest: SignedEntry | undefined;
  for (const text of tail.split("\n")) {
    const entry = goodLine(text, epochs);
    if (entry && entry.seq > (highest?.seq ?? 0)) highest = entry;
  }
  return highest;
}

function goodLine(latin1: string, epochs: Epochs): SignedEntry | undefined {
  if (latin1 === "" || latin1.length > longestLine) return undefined;
  const text = Buffer.from(latin1, "latin1").toString("utf8");
  const entry = parseLine(text);
  return entry && isSigned(text, entry, epochs) ? entry : undefined;
}

/** Reads the end of the file as latin1, so that each character is one byte. */
async function tailOf({ handle, size }: OpenFile, bytes: number): Promise<string> {
  const start = Math.max(0, size - bytes);
  const room = Buffer.allocUnsafe(size - start);
  const { buffer, bytesRead } = await handle.read(room, 0, size - start, start);
  return buffer.subarray(0, bytesRead).toString("latin1");
}

function checkPrivate({ mode, uid }: Stats, path: string): void {
  if (process.platform === "win32") return;
  if ((mode & 0o077) === 0 && uid === process.geteuid?.()) return;
  throw new SecretsError("UNSAFE_PERMISSIONS", `Other users have access to the audit ${path}.`);
}
