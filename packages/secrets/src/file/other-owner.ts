import { shellQuoted } from "./shell-quoted.ts";

/** What to do about a file or folder of another user, of which sudo is the usual reason. */
export function otherOwner(path: string, uid: number): string {
  const { SUDO_UID } = process.env;
  if (process.geteuid?.() === 0 && SUDO_UID === String(uid)) {
    return "It is yours without sudo: run this without sudo, or as root set ACC_SECRETS_DIR.";
  }
  const own = `chown ${process.geteuid?.()} ${shellQuoted(path)}`;
  return uid === 0
    ? `It is root's, as a run with sudo leaves it. If it is yours, run: sudo ${own}`
    : `If it is yours, run: ${own}`;
}
