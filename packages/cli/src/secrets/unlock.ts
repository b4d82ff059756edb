import { dirname, join } from "node:path";
import {
  environmentKey,
  type KeyProvider,
  keychain,
  keyFile,
  openSecrets,
  passphrase,
  SecretsError,
  type SecretsManager,
  type SecretsWarning,
  secretsPath,
} from "@acc/secrets";
import { Failure, UsageError } from "../failure.ts";
import { readHidden, readOnTerminal } from "../input/hidden.ts";
import { tell } from "../output/terminal.ts";
import { openFile } from "./open-file.ts";
import { settingStore } from "./setting-store.ts";
import { wrapKey } from "./wrap-key.ts";
import { wrapProviders } from "./wrap-providers.ts";

/** The keys that open the store, if not the usual one. */
export interface UnlockOptions {
  readonly unlock?: readonly string[];
}

/** Opens this machine's store, runs a function with it, and closes it. */
export async function withSecrets<T>(
  options: UnlockOptions,
  run: (secrets: SecretsManager) => Promise<T>,
  env: NodeJS.ProcessEnv = process.env,
): Promise<T> {
  const secrets = await unlockSecrets(options, env);
  try {
    return await run(secrets);
  } finally {
    await secrets.close();
  }
}

/**
 * Opens this machine's store. If the usual key does not open it and a passphrase does, asks for the
 * passphrase once, if there is a terminal to type it on.
 */
export async function unlockSecrets(
  { unlock, ask = () => readHidden("passphrase") }: UnlockOptions & { readonly ask?: Ask },
  env: NodeJS.ProcessEnv = process.env,
): Promise<SecretsManager> {
  const onWarning = ({ message }: SecretsWarning) => tell(message);
  const store = await settingStore();
  if (store !== undefined) {
    if (unlock) throw noKeyFor(store.kind);
    return openSecrets({ store, env, onWarning });
  }
  try {
    if (!unlock) return await openFile(onWarning, env);
    const keys = await Promise.all(unlock.map((word) => keyProvider(word, ask)));
    return await openSecrets({ keys, env, onWarning });
  } catch (error) {
    if (unlock || !SecretsError.is(error) || !error.opensWith?.includes("passphrase")) throw error;
    const typed = passphrase(() => askOnTerminal(noTerminal(error.code)));
    return openSecrets({ keys: [typed], env, onWarning });
  }
}

function noKeyFor(kind: string): UsageError {
  return new UsageError(
    `Secrets are kept in the ${kind} store, which no key of --unlock opens.`,
    "Leave --unlock out: the config file says how that store is asked.",
  );
}

export type Ask = () => Promise<string>;

/** Asks for the passphrase on the terminal, even if stdin is used for something else. */
export async function askOnTerminal(otherwise = noTerminal("MISSING_KEY")): Promise<string> {
  return readOnTerminal("passphrase of the secrets store", otherwise);
}

function noTerminal(code: string): Failure {
  const keyFile = join(dirname(secretsPath()), "acc-secrets.key");
  return new Failure(
    code,
    "The secrets store opens with a passphrase, and there is no terminal to type it on.",
    `Once, on a terminal, let a key file open it too: acc secrets keys add "file:${keyFile}" --unlock passphrase`,
  );
}

/**
 * The provider of a wrapping key, by its word: `env`, `passphrase`, `keychain`, `file:PATH`, or the
 * service that the config file names.
 */
export async function keyProvider(
  word: string,
  ask: Ask = () => readHidden("passphrase"),
): Promise<KeyProvider> {
  if (word === "env") return environmentKey();
  if (word === "keychain") return keychain();
  if (word === "passphrase") return passphrase(ask);
  if (word.startsWith("file:")) return keyFile(word.slice("file:".length));
  if (!wrapProviders.includes(word)) {
    throw new UsageError(
      `There is no key provider "${word}".`,
      `Name env, passphrase, keychain, file:PATH, ${wrapProviders.join(" or ")}.`,
    );
  }
  const wrap = await wrapKey();
  if (wrap?.kind === word) return wrap;
  throw new UsageError(
    `The config file does not say which key of ${word} is meant.`,
    `Name it there: "secrets": { "wrap": { "provider": "${word}", "key": … } }`,
  );
}
