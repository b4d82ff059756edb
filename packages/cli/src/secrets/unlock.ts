import {
  environmentKey,
  type KeyProvider,
  keychain,
  keyFile,
  openSecrets,
  passphrase,
  type SecretsManager,
} from "@acc/secrets";
import { UsageError } from "../failure.ts";
import { readHidden } from "../input/hidden.ts";
import { tell } from "../output/terminal.ts";

/** With what the store is opened, where that is not the usual key. */
export interface UnlockOptions {
  readonly unlock?: readonly string[];
}

/** Opens the store of this machine, runs, and closes it. */
export async function withSecrets<T>(
  { unlock }: UnlockOptions,
  run: (secrets: SecretsManager) => Promise<T>,
  env: NodeJS.ProcessEnv = process.env,
): Promise<T> {
  const secrets = await openSecrets({
    ...(unlock && { keys: unlock.map(keyProvider) }),
    env,
    onWarning: ({ message }) => tell(message),
  });
  try {
    return await run(secrets);
  } finally {
    await secrets.close();
  }
}

/** What holds a wrapping key, by its word: `env`, `passphrase`, `keychain` or `file:PATH`. */
export function keyProvider(word: string): KeyProvider {
  if (word === "env") return environmentKey();
  if (word === "keychain") return keychain();
  if (word === "passphrase") return passphrase(() => readHidden("passphrase"));
  if (word.startsWith("file:")) return keyFile(word.slice("file:".length));
  throw new UsageError(
    `There is no key provider "${word}".`,
    "Name env, passphrase, keychain or file:PATH.",
  );
}
