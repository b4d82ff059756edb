import { lstatSync, type Stats } from "node:fs";
import { dirname } from "node:path";
import { isOwn } from "./own-file.ts";

/**
 * Whether a folder and the one it lies in are this user's alone to write to, and nobody else but root
 * can move one that these lie in.
 *
 * @param real A path without links.
 */
export function isOwnPlace(real: string): boolean {
  const around = dirname(real);
  const isAlone = [real, around].every((path) => isOwn(statusOf(path)));
  return isAlone && foldersAround(around).every((path) => isFixed(statusOf(path)));
}

/** From the next one up to the root. */
function foldersAround(path: string): readonly string[] {
  const around = dirname(path);
  return around === path ? [] : [around, ...foldersAround(around)];
}

/** What lies in a sticky folder is moved by its owner alone, and by the folder's. */
function isFixed({ uid, mode }: Stats): boolean {
  const user = process.getuid?.();
  if (user === undefined) return true;
  return (uid === user || uid === 0) && (!(mode & 0o022) || Boolean(mode & 0o1000));
}

/** Of the folder itself: a link that was put there since is none. */
function statusOf(path: string): Stats {
  const status = lstatSync(path);
  if (status.isDirectory()) return status;
  throw new Error("It is not a folder.");
}
