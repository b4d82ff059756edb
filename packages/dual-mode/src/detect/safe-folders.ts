import { realpathSync } from "node:fs";
import { posix, win32 } from "node:path";
import { comparable, isWithin, type ProjectSearch, projectFolder } from "./project-folder.ts";

/** Where programs are looked for, and from where. */
export interface SearchPath extends ProjectSearch {
  /** The value of PATH, in whichever case the variable is written. */
  readonly path: string | undefined;
  /** The folder that the host works in; a repository's own commands lie there. */
  readonly workingFolder: string | undefined;
  /** Where a link, or a short name of Windows, leads; the path itself where it leads nowhere. */
  readonly realPath?: (path: string) => string;
}

/**
 * The folders of PATH from which a command may be taken: absolute ones, less the working folder, all
 * that is in its repository, and all that is in a node_modules, also where a link leads there.
 */
export function safeFolders(search: SearchPath): string[] {
  const { delimiter } = search.platform === "win32" ? win32 : posix;
  const isSafe = safeIn(search);
  const entries = (search.path ?? "").split(delimiter).map(unquoted);
  return [...new Set(entries.filter(isSafe))];
}

/** Tells the folders from which a command may be taken. */
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

/** Absolute, and on Windows also with its drive: `\bin` is looked up on the working folder's. */
export function isAbsolute(path: string, platform: NodeJS.Platform): boolean {
  return platform === "win32"
    ? win32.isAbsolute(path) && win32.parse(path).root.length > 1
    : posix.isAbsolute(path);
}

/** The folder that the host works in; undefined where it was removed. */
export function hostWorkingFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

/** Also by the short name that Windows gives it. */
const modules = /[\\/]node_(modules|m~\d+)[\\/]/;

/** The system's own, for it alone gives a path in its true case and without short names. */
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
