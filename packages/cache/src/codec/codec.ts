import type { LiveRecord } from "../record/live-record.ts";

/** The form of records outside this process: plain or encrypted. */
export interface Codec {
  /** True if a stored key reveals nothing about its namespace and tenant. */
  readonly hidesKeys: boolean;
  storedKey(key: string): string;
  /** Returns a text that can be read back only with the same key. */
  hide(text: string): string;
  /** Returns undefined for a text that another codec hid. */
  reveal(hidden: string): string | undefined;
  encode(storedKey: string, record: Uint8Array, expiresAt: number): Uint8Array;
  /**
   * Decodes a record. Its key must be `key`, if that is given.
   *
   * @throws CacheError `DAMAGED`, or `WRONG_KEY` for a sound record that this codec cannot read
   */
  decode(storedKey: string, bytes: Uint8Array, tier: string, key?: string): LiveRecord;
}
