import { dirname, posix } from "node:path";
import { homeFolder } from "../detect/home-folder.ts";
import { managersIn, managerVariables, type VersionManager } from "../detect/version-managers.ts";
import { variable } from "../host/environment-variable.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** What the shims of version managers need in a run: that of the command, and those on its PATH. */
export interface ShimSupport {
  readonly managers: readonly VersionManager[];
  readonly variables: Readonly<Record<string, string>>;
  /** The user's home folder, in which the shims look. */
  readonly home: string;
}

export function shimSupport(command: string, env: Environment): ShimSupport {
  const home = process.platform === "win32" ? "" : homeFolder(env);
  const path = variable(env, "PATH", process.platform) ?? "";
  const folders = [dirname(command), ...path.split(posix.delimiter)];
  const managers = home === "" ? [] : managersIn(folders, env, home);
  return { managers, variables: managerVariables(managers, env), home };
}

/** Returns the version manager to which a command belongs as a shim, if there is one. */
export function managerOf(command: string, env: Environment): VersionManager | undefined {
  return managersIn([dirname(command)], env, homeFolder(env))[0];
}
