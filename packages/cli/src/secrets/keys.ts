import { type KeyProvider, passphrase } from "@acc/secrets";
import { readNewHidden } from "../input/hidden.ts";
import { print, printJson, tell } from "../output/terminal.ts";
import { keyProvider, type UnlockOptions, withSecrets } from "./unlock.ts";

/** Lists the keys that can open the store. */
export async function listKeys(
  options: UnlockOptions & { readonly json?: boolean },
): Promise<void> {
  const keys = await withSecrets(options, (secrets) => secrets.keys.list());
  if (options.json) printJson({ keys });
  else for (const { id, provider } of keys) print(`${id}  ${provider}`);
}

export async function addKey(word: string, options: UnlockOptions): Promise<void> {
  const provider = await newKeyProvider(word);
  // The variable holds the new key, which does not open the store yet.
  const { ACC_SECRETS_KEY: _, ...env } = process.env;
  const id = await withSecrets(
    options,
    (secrets) => secrets.keys.add(provider),
    word === "env" ? env : process.env,
  );
  tell(`The ${provider.kind} key ${id} now opens the store.`);
}

async function newKeyProvider(word: string): Promise<KeyProvider> {
  if (word !== "passphrase") return keyProvider(word);
  return passphrase(await readNewHidden("new passphrase"));
}

/** Removes a key. The data key changes with it, so every provider that stays must be available. */
export async function removeKey(id: string, options: UnlockOptions): Promise<void> {
  await withSecrets(options, (secrets) => secrets.keys.remove(id));
  tell(`The key ${id} no longer opens what is written from now on.`);
}
