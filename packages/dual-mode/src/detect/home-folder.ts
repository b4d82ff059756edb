import { homedir } from "node:os";
import { variable } from "../host/environment-variable.ts";

/**
 * Returns the user's home folder, or "" if there is none: a container's account may have neither
 * HOME nor an entry of its own, and Node.js throws there (libuv/libuv#810).
 *
 * @param env The caller's environment, which takes precedence over the account.
 */
export function homeFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): string {
  const told = variable(env, platform === "win32" ? "USERPROFILE" : "HOME", platform);
  if (told) return told;
  try {
    return homedir();
  } catch {
    return "";
  }
}
