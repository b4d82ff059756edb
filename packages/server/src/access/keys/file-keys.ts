import { randomUUID } from "node:crypto";
import { link, open, readdir, readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ownFolder } from "../own-folder.ts";
import { syncFolder } from "../sync-folder.ts";
import type { KeyRecord, KeyStore } from "./key-store.ts";
import { parseRecord, readRecords } from "./parse-record.ts";

/**
 * Keys in a folder of mode 0700, each in a file of mode 0600 that is there either whole or not at
 * all, so the `acc` command and several servers of one machine can change them at the same time.
 */
export function fileKeys(folder: string): KeyStore {
  const root = resolve(folder);
  const pathOf = (handle: string) => join(root, `${handle}.json`);
  const read = async (path: string) => {
    const text = await readFile(path, "utf8").catch(unlessAbsent);
    return text === undefined ? undefined : parseRecord(text, path);
  };
  return {
    async add(record) {
      await ownFolder(root);
      const draft = join(root, `.${randomUUID()}`);
      try {
        await writeWhole(draft, record);
        // Unlike a rename, a link does not replace an existing file.
        await link(draft, pathOf(record.handle));
      } catch (error) {
        if (isError(error, "EEXIST")) return false;
        throw error;
      } finally {
        await rm(draft, { force: true });
      }
      await syncFolder(root);
      return true;
    },
    find: (handle) => read(pathOf(handle)),
    async list(onDamaged) {
      const names = (await readdir(root).catch(unlessAbsent)) ?? [];
      const keys = names.filter((name) => /^[0-9a-f]{16}\.json$/.test(name));
      return readRecords(
        keys.map((name) => () => read(join(root, name))),
        onDamaged,
      );
    },
    async remove(handle) {
      const gone = await rm(pathOf(handle)).then(() => true, unlessAbsent);
      if (gone) await syncFolder(root);
      return gone ?? false;
    },
  };
}

async function writeWhole(path: string, record: KeyRecord): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(`${JSON.stringify(record)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

function unlessAbsent(error: unknown): undefined {
  if (!isError(error, "ENOENT")) throw error;
}

function isError(error: unknown, code: string): boolean {
  return (error as NodeJS.ErrnoException).code === code;
}
