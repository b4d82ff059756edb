import type { Stats } from "node:fs";
import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { SecretsError } from "../errors.ts";
import { fileError, isMissing } from "./file-error.ts";
import { otherOwner } from "./other-owner.ts";
import { shellQuoted } from "./shell-quoted.ts";

/**
 * Creates a folder with mode 0700 if there is none. An existing folder that others may write to is
 * refused.
 *
 * @throws SecretsError `UNSAFE_PERMISSIONS`, `WRONG_OWNER`, `FOLDER_NOT_WRITABLE`, `DISK_FULL`
 */
export async function privateFolder(path: string): Promise<void> {
  try {
    await refuseSudo(path);
    const found = await stat(path).catch(() => undefined);
    if (found?.isDirectory()) return refuseOthers(path, found);
    await mkdir(path, { recursive: true, mode: 0o700 });
    await checkFolder(path);
  } catch (error) {
    throw fileError(error, "write", path);
  }
}

/**
 * Refuses a folder of another user, or one that others may write to; a missing folder is fine. With
 * `sticky`, a folder such as /tmp is allowed, where others may add files but not remove existing
 * ones.
 *
 * @throws SecretsError `UNSAFE_PERMISSIONS`, `WRONG_OWNER`
 */
export async function checkFolder(
  path: string,
  options: { readonly sticky?: boolean } = {},
): Promise<void> {
  const found = await stat(path).catch((error) => {
    if (isMissing(error)) return undefined;
    throw fileError(error, "read", path);
  });
  if (found) refuseOthers(path, found, options.sticky);
}

function refuseOthers(path: string, { mode, uid }: Stats, sticky = false): void {
  if (process.platform === "win32") return;
  if (uid !== process.geteuid?.() && uid !== 0) {
    throw new SecretsError(
      "WRONG_OWNER",
      `The folder ${path} belongs to another user (${uid}). ${otherOwner(path, uid)}`,
    );
  }
  if ((mode & 0o022) === 0 || (sticky && (mode & 0o1000) !== 0)) return;
  throw new SecretsError(
    "UNSAFE_PERMISSIONS",
    `Others may write to the folder ${path}. Run: chmod 700 ${shellQuoted(path)}`,
  );
}

/** With sudo, a folder inside a user's own one would be created that this user cannot open. */
async function refuseSudo(path: string): Promise<void> {
  const { SUDO_UID } = process.env;
  if (process.geteuid?.() !== 0 || !SUDO_UID) return;
  let nearest = path;
  while (nearest !== dirname(nearest)) {
    const found = await stat(nearest).catch(() => undefined);
    if (found && String(found.uid) !== SUDO_UID) return;
    if (found) {
      const what = `${nearest} belongs to another user (${SUDO_UID}).`;
      throw new SecretsError("WRONG_OWNER", `${what} ${otherOwner(nearest, found.uid)}`);
    }
    nearest = dirname(nearest);
  }
}
