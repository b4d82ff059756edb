import type { Stats } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { SecretsError } from "../errors.ts";
import { aliasesOf, fold, isName } from "../names.ts";
import type { SecretStore } from "../stores/secret-store.ts";
import type { StoredValue } from "../stores/stored-value.ts";
import { CachedReads } from "./cached-reads.ts";
import { heldNames } from "./held-names.ts";
import { NameMap } from "./name-map.ts";
import type { ReadOptions } from "./read-options.ts";
import { refused, unreadable } from "./store-error.ts";
import { textOf } from "./text-of.ts";

export type { ReadOptions } from "./read-options.ts";

/** A folder in which a platform provides secrets, one per file. */
export interface FilesStoreOptions extends ReadOptions {
  /**
   * The absolute path: `/run/secrets` of Docker, the mount of a Kubernetes secret, the credentials
   * of a systemd unit. Each file has the secret's name.
   */
  readonly folder: string;
  /** Files with other names, by the name used here. */
  readonly names?: Readonly<Record<string, string>>;
}

/** The longest file, in bytes: more than the longest value. */
const mostBytes = 128 * 1024;

/**
 * Creates a read-only store of secrets that a container platform or an init system mounts as files. A
 * replaced file is found when it is read again. The permissions of the files are not checked: they
 * are up to the platform.
 *
 * @throws SecretsError `INVALID_OPTION`, `NAME_CONFLICT` and the errors of an invalid name
 */
export function createFilesStore(options: FilesStoreOptions): SecretStore {
  const { folder } = options;
  const names = options.names ?? {};
  if (typeof folder !== "string" || !isAbsolute(folder)) {
    throw new SecretsError("INVALID_OPTION", "`folder` is an absolute path.");
  }
  if (!Object.values(names).every(isFile)) {
    throw new SecretsError("INVALID_OPTION", "`names` has files in the folder, without a path.");
  }
  const mapped = new NameMap(names);
  const reads = new CachedReads("files", options, async (name) => {
    const target = mapped.find(name);
    const files = target === undefined ? aliasesOf(name).filter(isFile) : [target];
    for (const file of files) {
      const found = await readSecret(folder, file);
      if (found !== undefined) return found;
    }
    return undefined;
  });
  const get = (name: string) => reads.get(name);
  return {
    kind: "files",
    get,
    list: async () => {
      const own = (await filesIn(folder)).filter(
        (name) => isName(name) && name === fold(name) && mapped.find(name) === undefined,
      );
      return heldNames([...mapped.names, ...own], get);
    },
    refresh: async () => reads.refresh(),
    check: async () => void (await filesIn(folder)),
    close: async () => reads.close(),
  };
}

function isFile(name: string): boolean {
  return typeof name === "string" && /^[^/\\\0]+$/.test(name) && !/^\.\.?$/.test(name);
}

/**
 * Lists the files. Folders are left out: platforms mount keys and certificates in folders beside
 * the secrets.
 */
async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  } catch (error) {
    throw unreadableFor(`The folder ${folder}`, error);
  }
}

/** Returns undefined if the file does not exist or is empty. */
async function readSecret(folder: string, file: string): Promise<StoredValue | undefined> {
  const path = join(folder, file);
  try {
    refuseOdd(path, await stat(path));
    const text = textOf(await readFile(path), path);
    const value = text.replace(/\r?\n$/, "");
    return value === "" ? undefined : { value };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") {
      throw unreadableFor(`The secret ${path}`, error);
    }
  }
  await filesIn(folder);
  return undefined;
}

function refuseOdd(path: string, found: Stats): void {
  if (!found.isFile()) throw unreadable(`${path} is not a file.`);
  if (found.size > mostBytes) throw unreadable(`${path} has more than ${mostBytes} bytes.`);
}

function unreadableFor(what: string, error: unknown): SecretsError {
  if (SecretsError.is(error)) return error;
  const { code = "failed" } = error as NodeJS.ErrnoException;
  return refused(`${what} cannot be read (${code}).`, error);
}
