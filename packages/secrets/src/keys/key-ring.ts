import type { Container, Seal } from "../container.ts";
import { crypto } from "../crypto.ts";
import { mostKeys } from "../envelope.ts";
import { SecretsError } from "../errors.ts";
import type { Guard } from "../roles/guard.ts";
import type { Vault } from "../vault.ts";
import type { KeyProvider, PreparedKey, WrappedKey } from "./key-provider.ts";
import { fingerprint, wrapKey } from "./wrap.ts";

/** One of the keys that open the store. */
export type KeyInfo = Omit<WrappedKey, "wrapped">;

/** The keys that open a store. Only an admin may list or change them. */
export class KeyRing {
  readonly #vault: Vault;
  readonly #guard: Guard | undefined;

  constructor(vault: Vault, guard: Guard | undefined) {
    this.#vault = vault;
    this.#guard = guard;
    if (!vault.container.providers) throw unsupported(vault.container);
  }

  /**
   * Lists the keys that open the store, in the order in which they were added; there are none
   * before the first `set`.
   */
  async list(): Promise<readonly KeyInfo[]> {
    await this.#guard?.check("admin", "*");
    const loaded = await this.#vault.load();
    return (loaded?.seal.keys ?? []).map(({ wrapped: _wrapped, ...info }) => info);
  }

  /**
   * Adds a provider that can open the store; it creates a key if it has none. Returns the key's id.
   *
   * @throws SecretsError `KEY_EXISTS`, `TOO_MANY_KEYS`, and the provider's own errors
   */
  async add(provider: KeyProvider): Promise<string> {
    const prepared = new Map<string, PreparedKey>();
    return this.#change("key.add", async ({ storeId, keys }) => {
      if (keys.length >= mostKeys) throw tooMany();
      const key = prepared.get(storeId) ?? (await provider.prepare(storeId));
      prepared.set(storeId, key);
      return (seal) => {
        const added = wrapKey(provider.kind, key, dataKeyOf(seal));
        if (seal.keys.some(({ id }) => id === added.id)) {
          const message = `That ${provider.kind} key opens the store already.`;
          throw new SecretsError("KEY_EXISTS", message);
        }
        seal.keys = [...seal.keys, added];
        this.#providers.push(provider);
        return added.id;
      };
    });
  }

  /**
   * Removes a key and rotates the data key, so that the removed key does not open later versions of
   * the store. The providers of the other keys must be available, because they wrap the new data
   * key.
   *
   * @throws SecretsError `KEY_NOT_FOUND`, `LAST_KEY`, `KEY_NOT_LOADED`
   */
  async remove(id: string): Promise<void> {
    await this.#change("key.remove", async (known) => {
      find(known, id);
      if (known.keys.length === 1) {
        throw new SecretsError("LAST_KEY", "This is the last key of the store. Add another first.");
      }
      const held = await this.#heldKeys(known, (entry) => entry.id !== id);
      return (seal) => renewDataKey(seal, held, id);
    });
  }

  /**
   * Replaces a provider's own (master) key by a new one, which is durable before the store depends
   * on it. Without an id, the first key is replaced. Returns the new id.
   *
   * @throws SecretsError `KEY_NOT_FOUND`, `KEY_NOT_LOADED`, `KEY_NOT_ROTATED`
   */
  async rotate(id?: string): Promise<string> {
    return this.#change("key.rotate", async (known) => {
      const old = find(known, id ?? known.keys[0]?.id ?? "");
      const { provider } = await this.#held(old, known.storeId);
      if (!provider.rotate) throw notRotated(old);
      const asked = provider.own ? await provider.rotate(known.storeId) : undefined;
      return async (seal) => {
        const key = asked ?? (await provider.rotate?.(seal.storeId));
        const next = wrapKey(provider.kind, key as PreparedKey, dataKeyOf(seal));
        if (next.id === old.id) throw notRotated(old);
        seal.keys = seal.keys.map((entry) => (entry.id === old.id ? next : entry));
        seal.dropBackup = true;
        return next.id;
      };
    });
  }

  /**
   * Encrypts the store under a new data key, and starts a new epoch of the audit.
   *
   * @throws SecretsError `KEY_NOT_LOADED`
   */
  async rotateDataKey(): Promise<void> {
    await this.#change("key.rotate-data-key", async (known) => {
      const held = await this.#heldKeys(known, () => true);
      return (seal) => renewDataKey(seal, held, "");
    });
  }

  get #providers(): KeyProvider[] {
    return this.#vault.container.providers ?? [];
  }

  /**
   * Prepares a change without the lock, because a person may be asked, and applies it under the
   * lock. Prepares it again if the keys have changed in between.
   */
  async #change(action: string, prepare: (known: Seal) => Promise<Apply>): Promise<string> {
    await this.#guard?.check("admin", "*");
    const event = { ...(this.#guard && { actor: this.#guard.actor }), action };
    let refusal: SecretsError | undefined;
    const refusing = async <T>(task: () => T | Promise<T>): Promise<T> => {
      try {
        return await task();
      } catch (error) {
        if (SecretsError.is(error)) refusal = error;
        throw error;
      }
    };
    try {
      for (;;) {
        const known = await this.#vault.sealNow();
        dataKeyOf(known);
        const apply = await refusing(() => prepare(known));
        const done = await this.#vault.update<{ id: string } | undefined>(async (_body, seal) => {
          if (!isSame(seal, known)) return { result: undefined, events: [] };
          const id = await refusing(() => apply(seal));
          return { result: { id }, events: [{ ...event, ...(id && { name: id }) }] };
        });
        if (done) return done.id;
      }
    } finally {
      if (refusal) await this.#vault.record([{ ...event, outcome: refusal.code }]);
    }
  }

  /** Returns the keys that wrap the data key, each from the provider that holds it. */
  async #heldKeys(
    { keys, storeId }: Seal,
    isKept: (entry: WrappedKey) => boolean,
  ): Promise<readonly HeldKey[]> {
    const held: HeldKey[] = [];
    for (const entry of keys) if (isKept(entry)) held.push(await this.#held(entry, storeId));
    return held;
  }

  async #held(entry: WrappedKey, storeId: string): Promise<HeldKey> {
    for (const provider of this.#providers) {
      if (provider.own && provider.kind !== entry.provider) continue;
      const loaded = await provider.load(entry, storeId);
      const key = loaded.find((candidate) => fingerprint(candidate) === entry.id);
      if (key) return { entry, provider, key };
    }
    throw new SecretsError(
      "KEY_NOT_LOADED",
      `The ${entry.provider} key ${entry.id} is needed for this and was not given. ` +
        "Open the store with every provider that is to stay, in `keys`.",
    );
  }
}

/** Changes the header under the lock. Returns the id that the audit records. */
type Apply = (seal: Seal) => string | Promise<string>;

interface HeldKey {
  readonly entry: WrappedKey;
  readonly provider: KeyProvider;
  readonly key: Uint8Array;
}

function isSame(seal: Seal, known: Seal): boolean {
  return seal.storeId === known.storeId && JSON.stringify(seal.keys) === JSON.stringify(known.keys);
}

function renewDataKey(seal: Seal, held: readonly HeldKey[], name: string): string {
  const dataKey = crypto().randomBytes(32);
  const keys = held.map(({ entry: { provider, params }, key }) =>
    wrapKey(provider, { key, ...(params && { params }) }, dataKey),
  );
  Object.assign(seal, { keys, dataKey, dropBackup: true, newEpoch: true });
  return name;
}

function tooMany(): SecretsError {
  return new SecretsError(
    "TOO_MANY_KEYS",
    `The store opens with ${mostKeys} keys, the most. Remove one that is not used first.`,
  );
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
    `The ${entry.provider} provider still gives the same key. In a variable, put the new key first, a comma, ` +
      "and the old one; for a passphrase, add the new one and remove the old one.",
  );
}

function unsupported(container: Container): SecretsError {
  return new SecretsError("UNSUPPORTED_BY_FORMAT", `The ${container.kind} store has no keys.`);
}
