/** One wrap of the data key in the store's header. Nothing in it is secret. */
export interface WrappedKey {
  /** A fingerprint of the wrapping key. */
  readonly id: string;
  /** The kind of the provider that held the wrapping key. */
  readonly provider: string;
  /** The data key, encrypted. */
  readonly wrapped: string;
  /** The parameters that the provider needs to find or derive its key again, such as a salt. */
  readonly params?: KeyParameters;
}

/** A provider's parameters in the store's header, which anyone may read: a salt, a cost. */
export type KeyParameters = Readonly<Record<string, string | number>>;

/** A wrapping key of 32 bytes, and the parameters for the header. */
export interface PreparedKey {
  readonly key: Uint8Array;
  readonly params?: KeyParameters;
}

/** A place that holds a wrapping key. Its methods throw `SecretsError`. */
export interface KeyProvider {
  /** The kind that is written into the header and shown by `keys.list()`. */
  readonly kind: string;
  /**
   * True if the provider can open only entries of its own kind, such as a passphrase with its own
   * salt. Its keys are derived: `rotate` stores nothing, and is called before the store is locked.
   */
  readonly own?: boolean;
  /**
   * True if the provider may ask a person: `load` and `prepare` are then called before the store is
   * locked, so that no other process waits for the answer.
   */
  readonly asks?: boolean;
  /**
   * Returns the keys that the provider holds, the newest first; an empty array if there are none.
   * Creates nothing.
   */
  load(entry: WrappedKey, storeId: string): Promise<readonly Uint8Array[]>;
  /**
   * Returns a key for a new wrap: the existing one, or a new one that is durable when this
   * resolves.
   */
  prepare(storeId: string): Promise<PreparedKey>;
  /**
   * Returns a new key for a new wrap, durable when this resolves. The previous key is kept as well,
   * so that a store whose new header was not written yet still opens.
   */
  rotate?(storeId: string): Promise<PreparedKey>;
  /** Removes files that a killed process left. Called at each write of the store. */
  sweep?(): Promise<void>;
}
