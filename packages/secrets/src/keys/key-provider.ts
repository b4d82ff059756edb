/** What the store's header keeps of one wrap of its data key. Nothing in it is secret. */
export interface WrappedKey {
  /** A fingerprint of the wrapping key. */
  readonly id: string;
  /** The kind of the provider that held the wrapping key. */
  readonly provider: string;
  /** The data key, encrypted. */
  readonly wrapped: string;
  /** What the provider needs to find or derive its key again, such as a salt. */
  readonly params?: KeyParameters;
}

/** What the header of a store keeps of a key provider, readable by all: a salt, a cost. */
export type KeyParameters = Readonly<Record<string, string | number>>;

/** A wrapping key of 32 bytes, with what the header is to keep. */
export interface PreparedKey {
  readonly key: Uint8Array;
  readonly params?: KeyParameters;
}

/** A place that holds a wrapping key. Its methods throw `SecretsError`. */
export interface KeyProvider {
  /** Written into the header; shows in `keys.list()`. */
  readonly kind: string;
  /**
   * True when only entries of this kind can be opened, as with a passphrase's own salt. Its keys
   * are derived: `rotate` keeps nothing, and is called before the store is locked.
   */
  readonly own?: boolean;
  /**
   * True where a person may be asked: `load` and `prepare` are called before the store is locked,
   * so that no other process waits for the answer.
   */
  readonly asks?: boolean;
  /** The keys held now, the newest first; none when there is none here. Creates nothing. */
  load(entry: WrappedKey, storeId: string): Promise<readonly Uint8Array[]>;
  /** A key for a new wrap: the one held, or a new one that is durable when this resolves. */
  prepare(storeId: string): Promise<PreparedKey>;
  /**
   * A new key for a new wrap, durable when this resolves. The key before it is held as well, so a
   * store whose new header was not written yet still opens.
   */
  rotate?(storeId: string): Promise<PreparedKey>;
  /** Removes what a killed process left. Called at each write of the store. */
  sweep?(): Promise<void>;
}
