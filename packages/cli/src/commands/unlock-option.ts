import { Option } from "commander";

/** The option of every command that opens the store. */
export function unlockOption(): Option {
  return new Option(
    "--unlock <how>",
    "open the store with env, passphrase, keychain or file:PATH; repeatable (default: the usual key)",
  ).argParser((word, before: readonly string[] = []) => [...before, word]);
}
