import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { crypto } from "../crypto.ts";
import { checkFolder, privateFolder } from "../file/private-folder.ts";
import { readPrivateFile } from "../file/read-private-file.ts";
import { replaceFile } from "../file/replace-file.ts";
import { withLock } from "../file/with-lock.ts";
import type { KeyProvider } from "./key-provider.ts";
import { formatKeys, parseKeys } from "./key-text.ts";

/** How long another process may take to create the file, in milliseconds. */
const lockTimeout = 10_000;

/** Creates a provider that keeps the wrapping key in a file of mode 0600. */
export function keyFile(path: string): KeyProvider {
  const held = async (): Promise<readonly Uint8Array[]> => {
    const bytes = await readPrivateFile(path);
    if (bytes) await checkFolder(dirname(path), { sticky: true });
    return bytes ? parseKeys(bytes.toString("utf8"), `The key file ${path}`) : [];
  };
  const alone = async <T>(task: () => Promise<T>): Promise<T> => {
    await privateFolder(dirname(path));
    return withLock(path, lockTimeout, task);
  };
  const add = async (old: readonly Uint8Array[]): Promise<Uint8Array> => {
    const key = crypto().randomBytes(32);
    const text = formatKeys([key, ...old.slice(0, 1)]);
    await replaceFile(path, Buffer.from(text), { backup: false });
    return key;
  };
  return {
    kind: "file",
    load: held,
    async prepare() {
      const key = (await held())[0];
      return { key: key ?? (await alone(async () => (await held())[0] ?? (await add([])))) };
    },
    rotate: () => alone(async () => ({ key: await add(await held()) })),
    async sweep() {
      if (!existsSync(`${path}.tmp`) && !existsSync(`${path}.owner`)) return;
      await alone(() => rm(`${path}.tmp`, { force: true }));
    },
  };
}
