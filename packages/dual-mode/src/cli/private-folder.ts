import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { DualModeError } from "../error.ts";
import type { PrivateFolder } from "./command.ts";
import { recordHost } from "./run-record.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** The prefix of the name of a run's folder. */
export const runFolderPrefix = "acc-run-";

/** The folders of one run, each mode 0700. */
export interface RunFolders {
  readonly root: string;
  /** The working folder: empty. */
  readonly work: string;
  readonly home: string;
  readonly temp: string;
  /** The folder for the mode's files. */
  readonly files: PrivateFolder;
}

/**
 * Makes the folders synchronously, so that the handler of the host's exit knows of each that
 * exists.
 */
export function makeRunFolders(): RunFolders {
  const root = realpathSync(mkdtempSync(join(temporaryFolder(), runFolderPrefix)));
  recordHost(root);
  // A command that looks for a `.env` in every folder above its own finds this one, and not one
  // that another user of the machine, or a repository that contains the folder, has put there.
  writeFileSync(join(root, ".env"), "", { mode: 0o600 });
  const inside = (name: string) => {
    const path = join(root, name);
    mkdirSync(path, { mode: 0o700 });
    return path;
  };
  return {
    root,
    work: inside("work"),
    home: inside("home"),
    temp: inside("temp"),
    files: privateFolder(inside("files")),
  };
}

/** Removes the folders, even while a dying process still writes. */
export function removeRunFolders(root: string): void {
  rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
}

/**
 * Writes small files synchronously: on a busy machine handing each to another thread costs more.
 */
function privateFolder(path: string): PrivateFolder {
  return {
    path,
    async write(name, content) {
      const file = within(path, name);
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      writeFileSync(file, content, { mode: 0o600 });
      return file;
    },
    async folder(name) {
      const folder = within(path, name);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      return folder;
    },
    async link(name, target) {
      const link = within(path, name);
      symlinkSync(target, link);
      return link;
    },
  };
}

export function within(folder: string, name: string): string {
  const path = resolve(folder, name);
  if (!path.startsWith(folder + sep)) {
    throw new DualModeError("PROVIDER_FAULT", `"${name}" is outside the run's private folder.`);
  }
  return path;
}
