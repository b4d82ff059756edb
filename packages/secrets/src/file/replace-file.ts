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
   * What `<path>.bak` becomes: the file that was there; or, where nothing of that one may stay, the
   * new one, before it takes its place. With `false` there is none.
   */
  readonly backup: "previous" | "same" | false;
  /** Throws when the bytes that were read back are not good. */
  readonly check?: (written: Buffer) => void;
}

/**
 * Puts new bytes in the place of a file, in full or not at all, durable when it resolves. The
 * caller holds the lock: temp files of a dead writer are swept first.
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

/** A file of its own: what damages one of the two in place leaves the other. */
async function writeBackup(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.bak.tmp`;
  await rm(temporary, { force: true });
  await writeDurably(temporary, bytes, undefined);
  await rename(temporary, `${path}.bak`);
}

/** The file that is there becomes `<path>.bak` as well; at no moment is there none. */
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
  // Renaming a link of a file to another link of it does nothing.
  await rm(temporary, { force: true });
  return true;
}

/** A write that cannot be made durable is taken back. */
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

/** Links that are refused: exFAT, SMB, Android, and from a file that is mounted by itself. */
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

/** A sync that is not to be had: clouds' folders, network drives, vboxsf, 9p, some FUSE. */
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
 * Makes renames and new names durable, where that is to be had: Windows has no such call, and some
 * file systems refuse it.
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
