import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { SecretsError } from "../errors.ts";
import { parseLine, type SignedEntry } from "./audit-line.ts";

/** The last line is looked for in so many bytes at the end; no line is longer. */
const tailBytes = 8192;

const appending: number =
  constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);

/**
 * Appends lines after what `follow` makes of the last one. A line that a killed writer left
 * unfinished, and so never acknowledged, is cut off first. The caller holds the lock.
 */
export async function appendLines(
  path: string,
  sync: boolean,
  follow: (last: SignedEntry | undefined) => string,
): Promise<void> {
  const file = await open(path, appending, 0o600);
  try {
    await checkPrivate(file, path);
    const { whole, last } = await tailOf(file);
    const text = follow(last);
    try {
      await file.appendFile(text);
      if (sync) await file.datasync();
    } catch (error) {
      await file.truncate(whole).catch(() => undefined);
      throw error;
    }
  } finally {
    await file.close();
  }
}

async function tailOf(file: FileHandle): Promise<{ whole: number; last: SignedEntry | undefined }> {
  const { size } = await file.stat();
  const start = Math.max(0, size - tailBytes);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
  const text = buffer.subarray(0, bytesRead).toString("latin1");
  const end = text.lastIndexOf("\n") + 1;
  const whole = start + end;
  if (whole < size) await file.truncate(whole);
  const line = text.slice(text.lastIndexOf("\n", end - 2) + 1, end - 1);
  return { whole, last: parseLine(Buffer.from(line, "latin1").toString("utf8")) };
}

async function checkPrivate(file: FileHandle, path: string): Promise<void> {
  const { mode, uid } = await file.stat();
  if (process.platform === "win32") return;
  if ((mode & 0o077) === 0 && uid === process.geteuid?.()) return;
  throw new SecretsError("UNSAFE_PERMISSIONS", `The audit ${path} is not this user's alone.`);
}
