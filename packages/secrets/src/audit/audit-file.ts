import { constants } from "node:fs";
import { type FileHandle, open, rename } from "node:fs/promises";
import { SecretsError } from "../errors.ts";
import { isMissing } from "../file/file-error.ts";
import { longestFile, nextOlderFile, olderFiles } from "./audit-files.ts";
import { type Epochs, isSigned, parseLine, type SignedEntry } from "./audit-line.ts";

/** No line is longer, in bytes. */
export const longestLine: number = 8192;

/** How far back from the end the last good line is looked for, in bytes. */
const searched: number = 1024 * 1024;

const appending: number =
  constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);

/**
 * Appends lines after what `follow` makes of the last good one: one that the holder of an epoch's
 * key wrote. What others appended stays, to be found by a check; a line that a killed writer left
 * unfinished, and so never acknowledged, is cut off. A file that has grown long is put aside first.
 * The caller holds the lock.
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
      await file.close();
      await rename(path, nextOlderFile(path, await olderFiles(path)));
      file = await openPrivate(path);
      size = 0;
    }
    if (size === 0) last ??= await lastOfOlder(path, epochs);
    const text = follow(last);
    try {
      await file.appendFile(text);
      if (sync) await file.datasync();
    } catch (error) {
      await file.truncate(size).catch(() => undefined);
      throw error;
    }
  } finally {
    await file.close();
  }
}

async function openPrivate(path: string): Promise<FileHandle> {
  const file = await open(path, appending, 0o600);
  try {
    await checkPrivate(file, path);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function lastOfOlder(path: string, epochs: Epochs): Promise<SignedEntry | undefined> {
  const newest = (await olderFiles(path)).at(-1);
  if (newest === undefined) return undefined;
  const file = await open(newest, constants.O_RDONLY).catch((error) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  try {
    return file && lastGood(await tailOf(file, searched), epochs);
  } finally {
    await file?.close();
  }
}

/** The last good line, and the size of the file once its end is a whole line. */
async function endOf(
  file: FileHandle,
  epochs: Epochs,
): Promise<{ size: number; last: SignedEntry | undefined }> {
  const { size } = await file.stat();
  const near = await tailOf(file, longestLine * 2);
  const end = near.lastIndexOf("\n") + 1;
  const rest = near.slice(end);
  if (rest === "") return { size, last: await lastFrom(file, near, epochs) };
  const isWhole = goodLine(rest, epochs) !== undefined;
  if (isWhole || rest.length > longestLine) {
    await file.appendFile("\n");
    return { size: size + 1, last: await lastFrom(file, `${near}\n`, epochs) };
  }
  await file.truncate(size - rest.length);
  return { size: size - rest.length, last: await lastFrom(file, near.slice(0, end), epochs) };
}

/** The last line, where it is good and follows the one before it; else the search goes further. */
async function lastFrom(
  file: FileHandle,
  near: string,
  epochs: Epochs,
): Promise<SignedEntry | undefined> {
  const [before = "", text = ""] = near.split("\n").slice(-3, -1);
  const last = goodLine(text, epochs);
  const isNext = last && parseLine(before)?.mac === last.prev;
  return isNext ? last : lastGood(await tailOf(file, searched), epochs);
}

/** Of the good lines the one with the highest number: an old one may have been appended again. */
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

/** As latin1, so that a character is a byte. */
async function tailOf(file: FileHandle, bytes: number): Promise<string> {
  const { size } = await file.stat();
  const start = Math.max(0, size - bytes);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
  return buffer.subarray(0, bytesRead).toString("latin1");
}

async function checkPrivate(file: FileHandle, path: string): Promise<void> {
  const { mode, uid } = await file.stat();
  if (process.platform === "win32") return;
  if ((mode & 0o077) === 0 && uid === process.geteuid?.()) return;
  throw new SecretsError("UNSAFE_PERMISSIONS", `The audit ${path} is not this user's alone.`);
}
