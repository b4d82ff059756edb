import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/**
 * Where the packages of providers are: acc's own data, which is this user's and of this machine.
 * Undefined where there is no home: a relative folder would be whatever folder acc is run in.
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
