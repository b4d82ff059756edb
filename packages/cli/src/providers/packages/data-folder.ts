import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/**
 * The folder for packages of providers, in acc's own data of this user on this machine. Undefined
 * if there is no home folder: a relative folder would depend on where acc is run.
 */
export function packagesFolder(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  const folder = join(dataFolder(env, env.HOME || accountHome(), platform), "acc", "providers");
  return isAbsolute(folder) ? folder : undefined;
}

function dataFolder(
  { LOCALAPPDATA, XDG_DATA_HOME }: Readonly<Record<string, string | undefined>>,
  home: string,
  platform: NodeJS.Platform,
): string {
  if (platform === "win32") return LOCALAPPDATA || join(home, "AppData", "Local");
  if (platform === "darwin") return join(home, "Library", "Application Support");
  const given = XDG_DATA_HOME && isAbsolute(XDG_DATA_HOME) ? XDG_DATA_HOME : undefined;
  return given ?? join(home, ".local", "share");
}

function accountHome(): string {
  try {
    return homedir();
  } catch {
    return "";
  }
}
