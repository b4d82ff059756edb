import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";

/** Undefined on Windows, which has no such files. */
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

/**
 * Reads a plain file; undefined if there is none. A folder with foreign files may contain a link to
 * a device, a pipe, or a file larger than the store: nothing of these is read, because the read
 * might never end.
 *
 * @param mostBytes The largest size that is read.
 */
export function readPlainFile(path: string, mostBytes: number): Buffer | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    const found = fstatSync(descriptor);
    if (!found.isFile() || found.size > mostBytes) return Buffer.alloc(0);
    const bytes = Buffer.allocUnsafe(found.size);
    return bytes.subarray(0, readSync(descriptor, bytes));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    if (code === "ELOOP") return Buffer.alloc(0);
    throw error;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
