import { SecretsError } from "../errors.ts";
import type { KeyParameters, KeyProvider, PreparedKey } from "../keys/key-provider.ts";

/** A key in the clear, and the same key sealed by a service under its own key. */
export interface SealedKey {
  readonly key: Uint8Array;
  /** Kept in the store's header, which anyone may read. */
  readonly sealed: string;
}

/** A service that seals wrapping keys under a key that never leaves it. */
export interface Sealer {
  readonly kind: string;
  /** Creates a key of 32 bytes. */
  make(storeId: string): Promise<SealedKey>;
  open(sealed: string, storeId: string): Promise<Uint8Array>;
  /** Returns true if a text in the header has the form of this service's sealed keys. */
  isSealed(text: string): boolean;
}

/** The most opened keys that are remembered. */
const mostOpened = 32;

/**
 * Creates a key provider whose wrapping keys are sealed by a service. A key that was opened once in
 * this process opens the store again while the service is unavailable.
 */
export function wrappingKey(sealer: Sealer): KeyProvider {
  const opened = new Map<string, Promise<Uint8Array>>();
  const remember = (sealed: string, key: Promise<Uint8Array>): Promise<Uint8Array> => {
    if (opened.size >= mostOpened) opened.clear();
    opened.set(sealed, key);
    key.catch(() => opened.delete(sealed));
    return key;
  };
  const make = async (storeId: string): Promise<PreparedKey> => {
    const { key, sealed } = await sealer.make(storeId);
    remember(sealed, Promise.resolve(checked(sealer.kind, key)));
    return { key, params: { sealed } };
  };
  return {
    kind: sealer.kind,
    own: true,
    asks: true,
    async load(entry, storeId) {
      const sealed = sealedIn(entry.params, sealer);
      const open = async () => checked(sealer.kind, await sealer.open(sealed, storeId));
      return [await (opened.get(sealed) ?? remember(sealed, open()))];
    },
    prepare: make,
    rotate: make,
  };
}

function sealedIn(params: KeyParameters | undefined, sealer: Sealer): string {
  const sealed = params?.sealed;
  if (typeof sealed === "string" && sealer.isSealed(sealed)) return sealed;
  throw new SecretsError(
    "STORE_DAMAGED",
    `The store's header holds no key of ${sealer.kind}: it was edited. ` +
      'Restore the store with recover({ from: "backup" }).',
  );
}

function checked(kind: string, key: Uint8Array): Uint8Array {
  if (key.length === 32) return key;
  throw new SecretsError("INVALID_KEY", `The key from ${kind} does not have 32 bytes.`);
}
