import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunFolders, within } from "../private-folder.ts";

/** Folders of a run that is only planned: none of them is on a disk. */
export interface PlannedFolders {
  readonly folders: Pick<RunFolders, "home" | "temp" | "files">;
  /** The files and folders that the plan has asked for. */
  readonly written: readonly (readonly [path: string, content: string | undefined])[];
}

export function plannedFolders(): PlannedFolders {
  const root = join(tmpdir(), "acc-run-planned");
  const path = join(root, "files");
  const written: [string, string | undefined][] = [];
  return {
    folders: {
      home: join(root, "home"),
      temp: join(root, "temp"),
      files: {
        path,
        async write(name, content) {
          const file = within(path, name);
          written.push([file, content]);
          return file;
        },
        async folder(name) {
          const folder = within(path, name);
          written.push([folder, undefined]);
          return folder;
        },
        async link(name, target) {
          const link = within(path, name);
          written.push([link, target]);
          return link;
        },
      },
    },
    written,
  };
}
