import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { SecretsError } from "../errors.ts";
import { fileError, isMissing, isMounted } from "./file-error.ts";
import { otherOwner } from "./other-owner.ts";
import { shellQuoted } from "./shell-quoted.ts";

/** The largest file that is read, in bytes; the stores that this package writes are far smaller. */
const largestFile = 512 * 1024 * 1024;

const mounted =
  "It is mounted as a single file: mount its folder, owned by this user, or give a key in ACC_SECRETS_KEY.";

/**
 * Reads a file that only its owner may read; undefined if there is none.
 *
 * @throws SecretsError `SYMLINK_REFUSED`, `NOT_A_FILE`, `WRONG_OWNER`, `UNSAFE_PERMISSIONS`,
 * `STORE_TOO_LARGE`, `READ_FAILED`
 */
export async function readPrivateFile(path: string): Promise<Buffer | undefined> {
  let file: FileHandle | undefined;
  try {
    file = await open(
      path,
      constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | constants.O_NONBLOCK,
    );
    await checkPrivate(file, path);
    return await file.readFile();
  } catch (error) {
    if (isMissing(error)) return undefined;
    if ((error as NodeJS.ErrnoException).code === "ELOOP") throw symlink(path);
    throw fileError(error, "read", path);
  } finally {
    await file?.close();
  }
}

async function checkPrivate(file: FileHandle, path: string): Promise<void> {
  const found = await file.stat();
  const { mode, uid, size } = found;
  if (!found.isFile()) throw new SecretsError("NOT_A_FILE", `${path} is not a regular file.`);
  if (size > largestFile) throw new SecretsError("STORE_TOO_LARGE", `${path} has ${size} bytes.`);
  if (process.platform === "win32") return;
  if (uid !== process.geteuid?.()) {
    throw new SecretsError(
      "WRONG_OWNER",
      `${path} belongs to another user (${uid}). ${isMounted(path) ? mounted : otherOwner(path, uid)}`,
    );
  }
  if ((mode & 0o077) !== 0) {
    throw new SecretsError(
      "UNSAFE_PERMISSIONS",
      `Others may read or write ${path}. ` +
        (isMounted(path) ? mounted : `Run: chmod 600 ${shellQuoted(path)}`),
    );
  }
}

function symlink(path: string): SecretsError {
  return new SecretsError(
    "SYMLINK_REFUSED",
    `${path} is a symbolic link. Put the file itself there: ` +
      `mv "$(readlink -f ${shellQuoted(path)})" ${shellQuoted(path)}`,
  );
}
