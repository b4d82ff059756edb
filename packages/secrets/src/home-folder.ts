import { userInfo } from "node:os";
import { isAbsolute } from "node:path";
import type { Environment } from "./environment.ts";
import { SecretsError } from "./errors.ts";

/**
 * Returns the user's home folder: `HOME` if it is an absolute path, else the one that the system
 * knows.
 *
 * @throws SecretsError `NO_HOME`
 */
export function homeFolder(env: Environment): string {
  for (const home of [env.HOME, process.platform === "win32" ? env.USERPROFILE : undefined]) {
    if (home && isAbsolute(home)) return home;
  }
  const known = homeOfUser();
  if (isAbsolute(known)) return known;
  throw new SecretsError(
    "NO_HOME",
    "There is no place for the store: HOME is not an absolute path, and the system knows no home " +
      "of this user. Set HOME or ACC_SECRETS_DIR.",
  );
}

/** Some containers run as a user that the system does not know. */
function homeOfUser(): string {
  try {
    return userInfo().homedir;
  } catch {
    return "";
  }
}
