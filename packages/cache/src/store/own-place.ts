import { lstatSync, type Stats } from "node:fs";
import { dirname } from "node:path";
import { isOwn } from "./own-file.ts";

/**
 * Returns true if only this user can write to a folder and its parent, and only this user and root
 * can move a folder above them.
 *
 * @param real A path without symbolic links.
 */
export function isOwnPlace(real: string): boolean {
  const around = dirname(real);
  const isAlone = [real, around].every((path) => isOwn(statusOf(path)));
  return isAlone && foldersAround(around).every((path) => isFixed(statusOf(path)));
}

/** Lists the folders above a path, up to the root. */
function foldersAround(path: string): readonly string[] {
  const around = dirname(path);
  return around === path ? [] : [around, ...foldersAround(around)];
}

/**
 * Returns true if others cannot move the content of the folder. In a sticky folder, only the owner
 * of an entry and the owner of the folder can.
 */
function isFixed({ uid, mode }: Stats): boolean {
  const user = process.getuid?.();
  if (user === undefined) return true;
  return (uid === user || uid === 0) && (!(mode & 0o022) || Boolean(mode & 0o1000));
}

/** Returns the status of the folder itself; a symbolic link that has replaced it is refused. */
function statusOf(path: string): Stats {
  const status = lstatSync(path);
  if (status.isDirectory()) return status;
  throw new Error("It is not a folder.");
}
