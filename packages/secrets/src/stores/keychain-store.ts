import { SecretsError } from "../errors.ts";
import { KeyringEntry } from "../keys/keyring-entry.ts";
import { aliasesOf, fold } from "../names.ts";
import { Queue } from "../queue.ts";
import type { SecretStore } from "./secret-store.ts";

/**
 * The longest entry, in bytes. It is the limit of Windows, used on every system so that a store can
 * be moved.
 */
const longestEntry = 2560;

/** The entry that lists the names: the keychains of some systems cannot list their entries. */
const indexAccount = "@names";

/**
 * Creates a store that keeps each secret as its own entry in the OS keychain. Values have up to
 * 2560 bytes; there are no versions, roles or audit, and no lock across processes: let one process
 * at a time add and delete names. Needs `@napi-rs/keyring`, an optional peer.
 */
export function createKeychainStore(options: { readonly service?: string } = {}): SecretStore {
  const service = options.service ?? "acc-secrets-values";
  const entryOf = (account: string): Promise<KeyringEntry> => KeyringEntry.open(service, account);
  const queue = new Queue();
  const names = async (): Promise<string[]> => {
    const text = await (await entryOf(indexAccount)).read();
    return text ? text.split("\n") : [];
  };
  const keepNames = async (list: readonly string[]): Promise<void> => {
    const index = await entryOf(indexAccount);
    if (list.length === 0) await index.remove();
    else await index.write(fitting("the list of names", list.join("\n")));
  };
  return {
    kind: "keychain",
    async get(name) {
      for (const account of aliasesOf(name)) {
        const value = await (await entryOf(account)).read();
        if (value !== undefined) return { value };
      }
      return undefined;
    },
    list: names,
    set: (name, value) =>
      queue.run(async () => {
        const canonical = fold(name);
        const known = await names();
        if (!known.includes(canonical)) await keepNames([...known, canonical]);
        await (await entryOf(canonical)).write(fitting(name, value));
        return { value };
      }),
    delete: (name) =>
      queue.run(async () => {
        const accounts = aliasesOf(name);
        let removed = false;
        for (const account of accounts) {
          if (await (await entryOf(account)).remove()) removed = true;
        }
        const known = await names();
        const kept = known.filter((each) => !accounts.includes(each));
        if (kept.length < known.length) await keepNames(kept);
        return removed;
      }),
  };
}

function fitting(what: string, text: string): string {
  const bytes = Buffer.byteLength(text);
  if (bytes <= longestEntry) return text;
  throw new SecretsError(
    "VALUE_TOO_LONG",
    `In the OS keychain ${what} has ${bytes} bytes; the most is ${longestEntry}. Use a file store.`,
  );
}
