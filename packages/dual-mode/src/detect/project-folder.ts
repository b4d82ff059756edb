import { existsSync } from "node:fs";
import { userInfo } from "node:os";
import { posix, win32 } from "node:path";
import { homeFolder } from "./home-folder.ts";

/** Facts about the machine that distinguish a project from a folder that only contains one. */
export interface ProjectSearch {
  readonly platform: NodeJS.Platform;
  /**
   * The user's home.
   *
   * @default that of the account, whatever HOME says
   */
  readonly home?: string | undefined;
  /** Whether a folder is the root of a repository. */
  readonly isRepository?: (folder: string) => boolean;
}

/** System folders, which are not projects even if they are the working folder. */
const ofTheSystem =
  /^(\/(usr|usr\/local|opt)|[a-z]:\\(windows|windows\\system32|program files( \(x86\))?))$/i;

/**
 * Returns the folder from which no command is taken: the outermost repository that contains the
 * working folder, or else the working folder. The user's home and the folders above it are not
 * projects, even if they are a repository (of configuration files), because a user's own commands
 * are below them.
 */
export function projectFolder(workingFolder: string, search: ProjectSearch): string | undefined {
  const { platform, home = homeOfAccount(), isRepository = beginsRepository } = search;
  const paths = platform === "win32" ? win32 : posix;
  const isProject = (folder: string) =>
    !ofTheSystem.test(folder) && !(home !== undefined && isWithin(home, folder, platform));
  const above = [paths.resolve(workingFolder)];
  for (let next = paths.dirname(above[0] ?? ""); next !== above[0]; next = paths.dirname(next)) {
    above.unshift(next);
  }
  const repository = above.find((folder) => isProject(folder) && isRepository(folder));
  return repository ?? above.filter(isProject).find((folder) => folder === above.at(-1));
}

/** Whether a folder is another one or lies in it, by their names alone. */
export function isWithin(path: string, folder: string, platform: NodeJS.Platform): boolean {
  return comparable(path, platform).startsWith(comparable(folder, platform));
}

/** Returns a path in the form in which its file system compares it, with a separator at its end. */
export function comparable(path: string, platform: NodeJS.Platform): string {
  if (platform !== "win32") {
    const whole = posix.join(path, posix.sep);
    return platform === "darwin" ? whole.normalize("NFC").toLowerCase() : whole;
  }
  const bare = path.replace(/^[\\/]{2}[?.][\\/](UNC[\\/])?/i, (_, unc) => (unc ? "\\\\" : ""));
  // Windows drops dots and spaces at the end of a name.
  return win32
    .join(bare, win32.sep)
    .replaceAll(/[. ]+(?=\\)/g, "")
    .toLowerCase();
}

function beginsRepository(folder: string): boolean {
  return [".git", ".hg", ".jj", ".svn"].some((name) => existsSync(`${folder}/${name}`));
}

/** Whoever starts a build may set HOME to anything, and a container's account may have no entry. */
function homeOfAccount(): string | undefined {
  try {
    return userInfo().homedir;
  } catch {
    return homeFolder(process.env) || undefined;
  }
}
