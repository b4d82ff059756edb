import { homedir } from "node:os";
import { variable } from "../host/environment-variable.ts";

/**
 * The user's home folder; "" where there is none: a container's account may have neither HOME nor an
 * entry of its own, and Node.js throws there (libuv/libuv#810).
 *
 * @param env The caller's environment, which says it before the account does.
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
