import { randomBytes } from "node:crypto";
import { dirname } from "node:path";
import { privateFolder } from "../file/private-folder.ts";
import { readPrivateFile } from "../file/read-private-file.ts";
import { replaceFile } from "../file/replace-file.ts";
import type { KeyProvider } from "./key-provider.ts";
import { formatKeys, parseKeys } from "./key-text.ts";

/** Keeps the wrapping key in a file of mode 0600. */
export function keyFile(path: string): KeyProvider {
  const held = async (): Promise<readonly Uint8Array[]> => {
    const bytes = await readPrivateFile(path);
    return bytes ? parseKeys(bytes.toString("utf8"), `The key file ${path}`) : [];
  };
  const keep = async (keys: readonly Uint8Array[]): Promise<void> => {
    await privateFolder(dirname(path));
    await replaceFile(path, Buffer.from(formatKeys(keys)), { backup: false });
  };
  const add = async (old: readonly Uint8Array[]): Promise<Uint8Array> => {
    const key = randomBytes(32);
    await keep([key, ...old]);
    return key;
  };
  return {
    kind: "file",
    load: held,
    async prepare() {
      const old = await held();
      return { key: old[0] ?? (await add([])) };
    },
    async rotate() {
      const key = await add(await held());
      return { key, settle: () => keep([key]) };
    },
  };
}
