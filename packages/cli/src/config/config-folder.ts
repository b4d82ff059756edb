import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** The folder of this user's acc configuration, which also holds the secrets store. */
export function configFolder(): string {
  const { APPDATA, HOME, XDG_CONFIG_HOME } = process.env;
  const home = HOME || homedir();
  if (process.platform === "win32") return join(APPDATA || join(home, "AppData", "Roaming"), "acc");
  const config = XDG_CONFIG_HOME && isAbsolute(XDG_CONFIG_HOME) ? XDG_CONFIG_HOME : undefined;
  return join(config ?? join(home, ".config"), "acc");
}

/** The one config file: `ACC_CONFIG`, else `config.json` in the config folder. */
export function configPath(): string {
  return process.env.ACC_CONFIG || join(configFolder(), "config.json");
}
