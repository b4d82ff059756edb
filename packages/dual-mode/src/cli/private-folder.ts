import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { DualModeError } from "../error.ts";
import type { PrivateFolder } from "./command.ts";
import { recordHost } from "./run-record.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** What the name of a run's folder begins with. */
export const runFolderPrefix = "acc-run-";

/** The folders of one run, each mode 0700. */
export interface RunFolders {
  readonly root: string;
  /** The working folder: empty. */
  readonly work: string;
  readonly home: string;
  readonly temp: string;
  /** Where the mode keeps its files. */
  readonly files: PrivateFolder;
}

/** Made in one go, so that no folder exists that the host's exit does not know of. */
export function makeRunFolders(): RunFolders {
  const root = realpathSync(mkdtempSync(join(temporaryFolder(), runFolderPrefix)));
  recordHost(root);
  // A command that looks for one in every folder above its own takes this one, and none that another
  // user of the machine, or a repository that the folder lies in, has put there.
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

/** Removes them, also while a dying process still writes. */
export function removeRunFolders(root: string): void {
  rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
}

/** Small files, written in place: on a busy machine each hop to a thread costs more than they do. */
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
