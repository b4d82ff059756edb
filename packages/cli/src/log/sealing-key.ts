import { lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isOwn } from "@acc/cache/directory";
import type { SealingKey } from "./seal.ts";

const fileName = "key.json";

/** The name of the secret that opens texts sealed to a key. */
export function secretName({ id }: Pick<SealingKey, "id">): string {
  return `${secretPrefix}${id}`;
}

export const secretPrefix = "acc_log_key_";

/**
 * The key that texts are sealed to; undefined if none was made yet, or others could have written
 * it.
 */
export function sealingKey(folder: string): SealingKey | undefined {
  try {
    const path = join(folder, fileName);
    if (![folder, path].every((each) => isOwn(lstatSync(each)))) return undefined;
    const { id, publicKey } = JSON.parse(readFileSync(path, "utf8"));
    return /^[0-9a-f]{8}$/.test(id) && typeof publicKey === "string"
      ? { id, publicKey }
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Seals texts to this key from now on. If two keys are made at once, one stays, and both can open
 * texts.
 */
export function useSealingKey(folder: string, { id, publicKey }: SealingKey): void {
  const unfinished = join(folder, `${fileName}.${process.pid}`);
  try {
    writeFileSync(unfinished, `${JSON.stringify({ id, publicKey })}\n`, { mode: 0o600 });
    renameSync(unfinished, join(folder, fileName));
  } finally {
    rmSync(unfinished, { force: true });
  }
}
