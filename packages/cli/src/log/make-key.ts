import { mkdirSync } from "node:fs";
import type { SecretsManager } from "@acc/secrets";
import { openedStore } from "../secrets/open-once.ts";
import { settingStore } from "../secrets/setting-store.ts";
import { newKey, readKey, type SealingKey } from "./seal.ts";
import { sealingKey, secretName, secretPrefix, useSealingKey } from "./sealing-key.ts";

/**
 * The key that texts are sealed to. It is replaced if the store does not have (or no longer has)
 * its private half. Undefined if there is no key and no store can be opened without asking.
 */
export async function keyInStore(
  folder: string,
  unlock: readonly string[] | undefined,
): Promise<SealingKey | undefined> {
  const key = sealingKey(folder);
  // An external store is not queried after every answer, and acc does not write to it.
  if ((await settingStore()) !== undefined) return key;
  const opened = await openedStore();
  if (opened !== undefined) return madeKey(folder, opened);
  if (key !== undefined || unlock !== undefined) return key;
  const { openFile } = await import("../secrets/open-file.ts");
  await using store = await openFile(() => {});
  return await madeKey(folder, store);
}

/**
 * Returns the key if the store has its private half, else another key of the store or a new one.
 */
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
