import { mkdir, stat } from "node:fs/promises";
import { AccessError } from "./access-error.ts";

/**
 * Makes a folder of mode 0700 if it does not exist. Throws if others can write to it: they could
 * give themselves a key, or restore their budget.
 *
 * @throws AccessError `UNSAFE_PERMISSIONS`, or what the file system throws
 */
export async function ownFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  if (process.platform === "win32") return;
  const { mode, uid } = await stat(path);
  if (uid !== process.geteuid?.() && uid !== 0) {
    const message = `The folder ${path} belongs to another user (${uid}). Name one of your own.`;
    throw new AccessError("UNSAFE_PERMISSIONS", message);
  }
  if ((mode & 0o022) === 0) return;
  const message = `Others may write to the folder ${path}. Take away their access: chmod 700`;
  throw new AccessError("UNSAFE_PERMISSIONS", message);
}
