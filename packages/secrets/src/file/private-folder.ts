import { mkdir, stat } from "node:fs/promises";
import { SecretsError } from "../errors.ts";
import { fileError } from "./file-error.ts";

/**
 * Makes a folder of mode 0700 where there is none. One that others may write to is refused.
 *
 * @throws SecretsError `UNSAFE_PERMISSIONS`, `WRONG_OWNER`, `FOLDER_NOT_WRITABLE`, `DISK_FULL`
 */
export async function privateFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    if (process.platform !== "win32") await checkFolder(path);
  } catch (error) {
    throw fileError(error, "write", path);
  }
}

async function checkFolder(path: string): Promise<void> {
  const { mode, uid } = await stat(path);
  if (uid !== process.geteuid?.() && uid !== 0) {
    throw new SecretsError("WRONG_OWNER", `The folder ${path} belongs to another user (${uid}).`);
  }
  if ((mode & 0o022) !== 0) {
    throw new SecretsError(
      "UNSAFE_PERMISSIONS",
      `Others may write to the folder ${path}. Run: chmod 700 ${shellQuoted(path)}`,
    );
  }
}

/** A path as a shell takes it. */
export function shellQuoted(path: string): string {
  return /^[\w./~-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
