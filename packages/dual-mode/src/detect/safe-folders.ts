import { realpathSync } from "node:fs";
import { posix, win32 } from "node:path";
import { comparable, isWithin, type ProjectSearch, projectFolder } from "./project-folder.ts";

/** A search path, and the place from which it is used. */
export interface SearchPath extends ProjectSearch {
  /** The value of PATH, whatever the case of the variable's name. */
  readonly path: string | undefined;
  /** The folder in which the host works; a repository's own commands are there. */
  readonly workingFolder: string | undefined;
  /**
   * Returns where a link, or a short name of Windows, leads; the path itself if it leads nowhere.
   */
  readonly realPath?: (path: string) => string;
}

/**
 * Returns the folders of PATH from which a command may be taken: absolute ones, except the working
 * folder, everything in its repository, and everything in a node_modules, even if a link leads
 * there.
 */
export function safeFolders(search: SearchPath): string[] {
  const { delimiter } = search.platform === "win32" ? win32 : posix;
  const isSafe = safeIn(search);
  const entries = (search.path ?? "").split(delimiter).map(unquoted);
  return [...new Set(entries.filter(isSafe))];
}

/** Returns a function that tells whether a command may be taken from a folder. */
export function safeIn(search: Omit<SearchPath, "path">): (folder: string) => boolean {
  const { platform, workingFolder, realPath = realPathOf } = search;
  const here = workingFolder === undefined ? [] : [workingFolder, realPath(workingFolder)];
  const same = here.map((folder) => comparable(folder, platform));
  const projects = here.flatMap((folder) => projectFolder(folder, search) ?? []);
  const isPlanted = (folder: string) => {
    const plain = comparable(folder, platform);
    return (
      same.includes(plain) ||
      modules.test(plain) ||
      projects.some((project) => isWithin(folder, project, platform))
    );
  };
  return (folder) =>
    isAbsolute(folder, platform) && ![folder, realPath(folder)].some((path) => isPlanted(path));
}

/**
 * Whether a path is absolute, on Windows including its drive: `\bin` is resolved on the working
 * folder's drive.
 */
export function isAbsolute(path: string, platform: NodeJS.Platform): boolean {
  return platform === "win32"
    ? win32.isAbsolute(path) && win32.parse(path).root.length > 1
    : posix.isAbsolute(path);
}

/** The folder in which the host works; undefined if it was removed. */
export function hostWorkingFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

/** Matches node_modules, including the short name that Windows gives it. */
const modules = /[\\/]node_(modules|m~\d+)[\\/]/;

/**
 * Uses the system's own function, because only that returns a path in its true case and without
 * short names.
 */
function realPathOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

function unquoted(entry: string): string {
  return /^".*"$/.test(entry) ? entry.slice(1, -1) : entry;
}
