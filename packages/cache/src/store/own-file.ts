import type { Stats } from "node:fs";

/** Whether it is this user's, and gives others none of these rights. @default the right to write */
export function isOwn({ uid, mode }: Stats, rights = 0o022): boolean {
  const user = process.getuid?.();
  return user === undefined || (uid === user && !(mode & rights));
}
