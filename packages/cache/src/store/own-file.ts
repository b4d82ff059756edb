import type { Stats } from "node:fs";

/**
 * Returns true if the file belongs to this user and gives others none of these rights.
 * @default the right to write
 */
export function isOwn({ uid, mode }: Stats, rights = 0o022): boolean {
  const user = process.getuid?.();
  return user === undefined || (uid === user && !(mode & rights));
}
