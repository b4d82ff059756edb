import { mkdirSync } from "node:fs";
import type { SecretsManager } from "@acc/secrets";
import { openedStore } from "../secrets/open-once.ts";
import { settingStore } from "../secrets/setting-store.ts";
import { newKey, readKey, type SealingKey } from "./seal.ts";
import { sealingKey, secretName, secretPrefix, useSealingKey } from "./sealing-key.ts";

/**
 * The key to which texts are sealed. One whose other half the store has not (or no longer) is
 * replaced; undefined where there is none and no store can be opened without asking.
 */
export async function keyInStore(
  folder: string,
  unlock: readonly string[] | undefined,
): Promise<SealingKey | undefined> {
  const key = sealingKey(folder);
  // A store outside is not asked after every answer, and is not acc's to write to.
  if ((await settingStore()) !== undefined) return key;
  const opened = await openedStore();
  if (opened !== undefined) return madeKey(folder, opened);
  if (key !== undefined || unlock !== undefined) return key;
  const { openFile } = await import("../secrets/open-file.ts");
  await using store = await openFile(() => {});
  return await madeKey(folder, store);
}

/** Makes one where there is none that the store opens. */
export async function madeKey(folder: string, store: SecretsManager): Promise<SealingKey> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const key = sealingKey(folder);
  const names = await store.list();
  if (key && names.includes(secretName(key))) return key;
  const other = names.find((name) => name.startsWith(secretPrefix));
  const kept = other && (await store.get(other));
  const made = kept ? readKey(kept.reveal()) : newKey();
  if (!kept) await store.set(secretName(made), made.privateKey);
  useSealingKey(folder, made);
  return made;
}
