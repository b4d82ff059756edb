import { posix, win32 } from "node:path";
import { variable } from "../host/environment-variable.ts";

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** The path of the running Node.js: npm's global commands are next to it. */
  readonly execPath: string;
}

/**
 * Returns folders of installed commands that PATH often misses (that of a desktop launcher or a
 * daemon has none of them), the most likely first. A `*` stands for each folder there, the newest
 * version first.
 */
export function wellKnownFolders(machine: Machine): string[] {
  return machine.platform === "win32" ? onWindows(machine) : onPosix(machine);
}

function onPosix({ platform, env, home, execPath }: Machine): string[] {
  const at = (...parts: string[]) => posix.join(home, ...parts);
  const prefix = env.NPM_CONFIG_PREFIX ?? (inRunScript(env) ? undefined : env.npm_config_prefix);
  const nvm = env.NVM_DIR ?? at(".nvm");
  const mise = env.MISE_DATA_DIR ?? posix.join(env.XDG_DATA_HOME ?? at(".local", "share"), "mise");
  const brew = platform === "darwin" ? ["/opt/homebrew/bin"] : ["/home/linuxbrew/.linuxbrew/bin"];
  const pnpm = platform === "darwin" ? at("Library", "pnpm") : at(".local", "share", "pnpm");
  return [
    posix.dirname(execPath),
    ...(prefix ? [posix.join(prefix, "bin")] : []),
    at(".local", "bin"),
    at(".npm-global", "bin"),
    posix.join(nvm, "versions", "node", "*", "bin"),
    at(".local", "share", "fnm", "node-versions", "*", "installation", "bin"),
    posix.join(env.VOLTA_HOME ?? at(".volta"), "bin"),
    posix.join(env.ASDF_DATA_DIR ?? at(".asdf"), "shims"),
    posix.join(mise, "shims"),
    env.PNPM_HOME ?? pnpm,
    posix.join(env.BUN_INSTALL ?? at(".bun"), "bin"),
    ...brew,
    "/usr/local/bin",
    "/usr/bin",
  ];
}

/**
 * Whether a package manager runs this process: its lower-case variables are its own, and may come
 * from a project.
 */
function inRunScript(env: Machine["env"]): boolean {
  return env.npm_lifecycle_event !== undefined || env.npm_execpath !== undefined;
}

function onWindows({ env, home, execPath }: Machine): string[] {
  const value = (name: string) => variable(env, name, "win32");
  const local = value("LOCALAPPDATA") ?? win32.join(home, "AppData", "Local");
  const roaming = value("APPDATA") ?? win32.join(home, "AppData", "Roaming");
  return [
    win32.join(roaming, "npm"),
    win32.dirname(execPath),
    win32.join(home, ".local", "bin"),
    win32.join(value("VOLTA_HOME") ?? win32.join(local, "Volta"), "bin"),
    value("PNPM_HOME") ?? win32.join(local, "pnpm"),
    value("NVM_SYMLINK") ?? win32.join(value("ProgramFiles") ?? "C:\\Program Files", "nodejs"),
    win32.join(home, "scoop", "shims"),
    win32.join(local, "Microsoft", "WindowsApps"),
  ];
}
