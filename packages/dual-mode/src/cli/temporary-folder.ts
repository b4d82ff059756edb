import { readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { DualModeError } from "../error.ts";

/**
 * Returns the folder for temporary files. Its owner may replace any folder that is made in it,
 * despite a sticky bit, and would so receive the prompt and the CLI's settings.
 *
 * @throws {@link DualModeError} `CLI_NOT_FOUND` if it belongs to another user than root
 */
export function temporaryFolder(): string {
  const folder = tmpdir();
  const user = process.geteuid?.();
  if (user === undefined) return folder;
  const { uid } = statSync(folder);
  if (uid === 0 || uid === user || isUnmapped(uid)) return folder;
  const message = `The folder for temporary files, ${folder}, belongs to another user (${uid}).`;
  throw new DualModeError("CLI_NOT_FOUND", `${message} No CLI is run there.`, {
    fix: "Set TMPDIR to a folder of your own.",
  });
}

/** In a user namespace, such as a sandbox, files of the outer root appear to belong to nobody. */
function isUnmapped(uid: number): boolean {
  if (uid !== 65534) return false;
  try {
    return !/^\s*0\s+0\s+4294967295\s*$/.test(readFileSync("/proc/self/uid_map", "latin1"));
  } catch {
    return false;
  }
}
