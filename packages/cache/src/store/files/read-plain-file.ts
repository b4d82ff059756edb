import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";

/** Absent on Windows, where there are no such files. */
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

/**
 * The bytes of a plain file; undefined where there is none. What came into the folder with somebody
 * else's files may be a link to a device, a pipe, or larger than the store: of these nothing is read,
 * for the reading would never end.
 *
 * @param mostBytes Of the file.
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
