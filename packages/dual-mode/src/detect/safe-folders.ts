import { realpathSync } from "node:fs";
import { posix, win32 } from "node:path";

export interface SearchPath {
  /** The value of PATH, in whichever case the variable is written. */
  readonly path: string | undefined;
  readonly platform: NodeJS.Platform;
  /** The folder that the host works in; a repository's own commands lie there. */
  readonly workingFolder: string | undefined;
  /** Where a link leads; gives the path itself where it leads nowhere. */
  readonly realPath?: (path: string) => string;
}

/**
 * The folders of PATH from which a command may be taken: absolute ones, less the working folder and
 * every node_modules/.bin, also where a link leads there.
 */
export function safeFolders(search: SearchPath): string[] {
  const { delimiter } = search.platform === "win32" ? win32 : posix;
  const entries = (search.path ?? "").split(delimiter).map(unquoted);
  return [...new Set(entries.filter((entry) => isSafeFolder(entry, search)))];
}

export function isSafeFolder(folder: string, search: Omit<SearchPath, "path">): boolean {
  const { platform, workingFolder, realPath = realPathOf } = search;
  const paths = platform === "win32" ? win32 : posix;
  const plain = (path: string) => {
    const whole = paths.join(path, paths.sep);
    return platform === "win32" ? whole.toLowerCase() : whole;
  };
  if (!isAbsolute(folder, platform)) {
    return false;
  }
  const forbidden =
    workingFolder === undefined ? [] : [plain(workingFolder), plain(realPath(workingFolder))];
  return [folder, realPath(folder)]
    .map(plain)
    .every((path) => !forbidden.includes(path) && !projectBinaries.test(path));
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

const projectBinaries = /[\\/]node_modules[\\/]\.bin[\\/]/;

function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function unquoted(entry: string): string {
  return /^".*"$/.test(entry) ? entry.slice(1, -1) : entry;
}
