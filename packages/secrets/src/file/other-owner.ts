import { shellQuoted } from "./shell-quoted.ts";

/** Returns the advice for a file or folder of another user; the usual cause is sudo. */
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
