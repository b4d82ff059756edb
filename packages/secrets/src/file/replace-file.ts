import { constants } from "node:fs";
import { copyFile, link, open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { SecretsError } from "../errors.ts";
import { fileError, isMissing } from "./file-error.ts";

const exclusive: number =
  constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

/** How a file is replaced. */
export interface ReplaceOptions {
  /**
   * The content of `<path>.bak`: "previous" keeps the file that is replaced; "same" writes the new
   * content there first, if nothing of the old file may remain; `false` writes no backup.
   */
  readonly backup: "previous" | "same" | false;
  /** Throws if the bytes that were read back are not valid. */
  readonly check?: (written: Buffer) => void;
}

/**
 * Replaces a file atomically; the new content is durable when this resolves. The caller holds the
 * lock, so a temporary file that a dead writer left is removed first.
 *
 * @throws SecretsError `DISK_FULL`, `FOLDER_NOT_WRITABLE`, `WRITE_FAILED`
 */
export async function replaceFile(
  path: string,
  bytes: Uint8Array,
  options: ReplaceOptions,
): Promise<void> {
  const temporary = `${path}.tmp`;
  try {
    await rm(temporary, { force: true });
    await writeDurably(temporary, bytes, options.check);
    const old = options.backup === "same" ? await bytesOf(path) : undefined;
    const kept = options.backup === "previous" && (await keepBackup(path));
    if (options.backup === "same") await writeBackup(path, bytes);
    await rename(temporary, path);
    await syncFolder(dirname(path)).catch(async (error) => {
      if (old) await writeBack(path, old);
      else if (options.backup === "previous") await putBack(path, kept);
      throw error;
    });
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw fileError(error, "write", path);
  }
}

async function writeDurably(
  path: string,
  bytes: Uint8Array,
  check: ReplaceOptions["check"],
): Promise<void> {
  const file = await open(path, exclusive, 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync().catch(passWithoutSync);
    const written = Buffer.alloc(bytes.length + 1);
    const { bytesRead } = await file.read(written, 0, written.length, 0);
    if (!written.subarray(0, bytesRead).equals(bytes)) {
      throw new SecretsError(
        "WRITE_FAILED",
        `What was read back from ${path} is not what was written.`,
      );
    }
    check?.(written.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

/**
 * Writes the backup as a separate file, so that damage to one of the two leaves the other intact.
 */
async function writeBackup(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.bak.tmp`;
  await rm(temporary, { force: true });
  await writeDurably(temporary, bytes, undefined);
  await rename(temporary, `${path}.bak`);
}

/**
 * Makes the current file `<path>.bak` as well; at every moment there is a file at `path`. Returns
 * false if there was none.
 */
async function keepBackup(path: string): Promise<boolean> {
  const temporary = `${path}.bak.tmp`;
  await rm(temporary, { force: true });
  try {
    await linkOrCopy(path, temporary);
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
  await rename(temporary, `${path}.bak`);
  // Renaming one hard link of a file to another link of the same file does nothing.
  await rm(temporary, { force: true });
  return true;
}

/** Undoes a write that cannot be made durable. */
async function putBack(path: string, kept: boolean): Promise<void> {
  if (!kept) return rm(path, { force: true });
  const temporary = `${path}.tmp`;
  await linkOrCopy(`${path}.bak`, temporary);
  await rename(temporary, path);
}

async function bytesOf(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function writeBack(path: string, bytes: Buffer): Promise<void> {
  await writeDurably(`${path}.tmp`, bytes, undefined);
  await rename(`${path}.tmp`, path);
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (!withoutLinks.has(code)) throw error;
    await copyFile(from, to, constants.COPYFILE_EXCL);
  }
}

/**
 * Errors for links that are refused: on exFAT, SMB and Android, and for a file that is mounted on
 * its own.
 */
const withoutLinks: ReadonlySet<string> = new Set([
  "EPERM",
  "EACCES",
  "ENOTSUP",
  "EOPNOTSUPP",
  "ENOSYS",
  "EMLINK",
  "EXDEV",
  "EINVAL",
]);

/**
 * Errors for a sync that is not supported: in cloud folders, on network drives, vboxsf, 9p and some
 * FUSE file systems.
 */
const withoutSync: ReadonlySet<string> = new Set([
  "EPERM",
  "EACCES",
  "EINVAL",
  "ENOTSUP",
  "EOPNOTSUPP",
  "ENOSYS",
  "EBADF",
  "EISDIR",
]);

function passWithoutSync(error: NodeJS.ErrnoException): void {
  if (!withoutSync.has(error.code ?? "")) throw error;
}

/**
 * Makes renames and new names durable, where the system allows it: Windows has no such call, and
 * some file systems refuse it.
 */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  try {
    const folder = await open(path, constants.O_RDONLY);
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch (error) {
    passWithoutSync(error as NodeJS.ErrnoException);
  }
}
