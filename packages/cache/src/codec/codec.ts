import type { LiveRecord } from "../record/live-record.ts";

/** How records look outside this process: as they are, or encrypted. */
export interface Codec {
  /** Whether a stored key says nothing of the namespace and tenant that it was made of. */
  readonly hidesKeys: boolean;
  storedKey(key: string): string;
  /** A text that only who has the same key can read back. */
  hide(text: string): string;
  /** Undefined for what another codec hid. */
  reveal(hidden: string): string | undefined;
  encode(storedKey: string, record: Uint8Array, expiresAt: number): Uint8Array;
  /**
   * Reads a record back; its key must be `key`, where that is known.
   *
   * @throws CacheError `DAMAGED`, or `WRONG_KEY` for a sound record that this codec cannot read
   */
  decode(storedKey: string, bytes: Uint8Array, tier: string, key?: string): LiveRecord;
}
