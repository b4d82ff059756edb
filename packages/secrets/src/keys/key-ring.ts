import type { Container, Seal } from "../container.ts";
import { crypto } from "../crypto.ts";
import { SecretsError } from "../errors.ts";
import type { Guard } from "../roles/guard.ts";
import type { Vault } from "../vault.ts";
import type { KeyProvider, PreparedKey, WrappedKey } from "./key-provider.ts";
import { fingerprint, wrapKey } from "./wrap.ts";

/** One key that opens the store. */
export type KeyInfo = Omit<WrappedKey, "wrapped">;

/** The keys that open a store. Only an admin may look or change. */
export class KeyRing {
  readonly #vault: Vault;
  readonly #guard: Guard | undefined;

  constructor(vault: Vault, guard: Guard | undefined) {
    this.#vault = vault;
    this.#guard = guard;
    if (!vault.container.providers) throw unsupported(vault.container);
  }

  /** What can open the store, in the order in which it was added; none before the first `set`. */
  async list(): Promise<readonly KeyInfo[]> {
    await this.#guard?.check("admin", "*");
    const loaded = await this.#vault.load();
    return (loaded?.seal.keys ?? []).map(({ wrapped: _wrapped, ...info }) => info);
  }

  /**
   * Lets one more provider open the store; it makes a key if it has none. Gives the key's id.
   *
   * @throws SecretsError `KEY_EXISTS`, and what the provider throws
   */
  async add(provider: KeyProvider): Promise<string> {
    return this.#change("key.add", async (seal) => {
      const prepared = await provider.prepare(seal.storeId);
      const added = wrapKey(provider.kind, prepared, dataKeyOf(seal));
      if (seal.keys.some(({ id }) => id === added.id)) {
        throw new SecretsError("KEY_EXISTS", `That ${provider.kind} key opens the store already.`);
      }
      seal.keys = [...seal.keys, added];
      this.#providers.push(provider);
      return added.id;
    });
  }

  /**
   * Takes a key away and rotates the data key: what is written from now on does not open with it.
   * The providers of the other keys must be at hand, for they wrap the new data key.
   *
   * @throws SecretsError `KEY_NOT_FOUND`, `LAST_KEY`, `KEY_NOT_LOADED`
   */
  async remove(id: string): Promise<void> {
    await this.#change("key.remove", async (seal) => {
      find(seal, id);
      if (seal.keys.length === 1) {
        throw new SecretsError("LAST_KEY", "This is the last key of the store. Add another first.");
      }
      seal.keys = seal.keys.filter((entry) => entry.id !== id);
      await this.#renewDataKey(seal);
      return id;
    });
  }

  /**
   * Replaces a provider's own (master) key by a new one, which is durable before the store that
   * needs it. Without an id, the first key's. Gives the new id.
   *
   * @throws SecretsError `KEY_NOT_FOUND`, `KEY_NOT_LOADED`, `KEY_NOT_ROTATED`
   */
  async rotate(id?: string): Promise<string> {
    return this.#change("key.rotate", async (seal) => {
      const old = find(seal, id ?? seal.keys[0]?.id ?? "");
      const provider = await this.#providerOf(old, seal.storeId);
      if (!provider.rotate) throw notRotated(old);
      const next = wrapKey(provider.kind, await provider.rotate(seal.storeId), dataKeyOf(seal));
      if (next.id === old.id) throw notRotated(old);
      seal.keys = seal.keys.map((entry) => (entry === old ? next : entry));
      seal.dropBackup = true;
      return next.id;
    });
  }

  /**
   * Encrypts the store under a new data key, with a new epoch of the audit.
   *
   * @throws SecretsError `KEY_NOT_LOADED`
   */
  async rotateDataKey(): Promise<void> {
    await this.#change("key.rotate-data-key", async (seal) => {
      await this.#renewDataKey(seal);
      return "";
    });
  }

  get #providers(): KeyProvider[] {
    return this.#vault.container.providers ?? [];
  }

  async #change(action: string, change: (seal: Seal) => Promise<string>): Promise<string> {
    await this.#guard?.check("admin", "*");
    const event = { ...(this.#guard && { actor: this.#guard.actor }), action };
    let refusal: SecretsError | undefined;
    try {
      return await this.#vault.update(async (_body, seal) => {
        dataKeyOf(seal);
        const id = await change(seal).catch((error) => {
          if (SecretsError.is(error)) refusal = error;
          throw error;
        });
        return { result: id, events: [{ ...event, ...(id && { name: id }) }] };
      });
    } finally {
      if (refusal) await this.#vault.record([{ ...event, outcome: refusal.code }]);
    }
  }

  async #renewDataKey(seal: Seal): Promise<void> {
    const dataKey = crypto().randomBytes(32);
    const keys: WrappedKey[] = [];
    for (const entry of seal.keys) {
      const key = await this.#keyOf(entry, seal.storeId);
      keys.push(wrapKey(entry.provider, key, dataKey));
    }
    Object.assign(seal, { keys, dataKey, dropBackup: true, newEpoch: true });
  }

  async #keyOf(entry: WrappedKey, storeId: string): Promise<PreparedKey> {
    const provider = await this.#providerOf(entry, storeId);
    const held = await provider.load(entry, storeId);
    const key = held.find((candidate) => fingerprint(candidate) === entry.id);
    return { key: key as Uint8Array, ...(entry.params && { params: entry.params }) };
  }

  async #providerOf(entry: WrappedKey, storeId: string): Promise<KeyProvider> {
    for (const provider of this.#providers) {
      if (provider.own && provider.kind !== entry.provider) continue;
      const held = await provider.load(entry, storeId);
      if (held.some((key) => fingerprint(key) === entry.id)) return provider;
    }
    throw new SecretsError(
      "KEY_NOT_LOADED",
      `The ${entry.provider} key ${entry.id} is needed for this and is not at hand. ` +
        "Open the store with every provider that is to stay, in `keys`.",
    );
  }
}

function find(seal: Seal, id: string): WrappedKey {
  const found = seal.keys.find((entry) => entry.id === id);
  if (found) return found;
  const ids = seal.keys.map((entry) => `${entry.id} (${entry.provider})`).join(", ");
  throw new SecretsError("KEY_NOT_FOUND", `There is no key ${id}; there are ${ids}.`);
}

function dataKeyOf(seal: Seal): Uint8Array {
  if (seal.dataKey) return seal.dataKey;
  throw new SecretsError("UNSUPPORTED_BY_FORMAT", "A store in plain text has no keys.");
}

function notRotated(entry: WrappedKey): SecretsError {
  return new SecretsError(
    "KEY_NOT_ROTATED",
    `The ${entry.provider} key gives no new one. In a variable, put the new key first, a comma, ` +
      "and the old one; for a passphrase, add the new one and remove the old one.",
  );
}

function unsupported(container: Container): SecretsError {
  return new SecretsError("UNSUPPORTED_BY_FORMAT", `The ${container.kind} store has no keys.`);
}
