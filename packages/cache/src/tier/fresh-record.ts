import { isFresh } from "../cache/freshness.ts";
import type { Codec } from "../codec/codec.ts";
import { CacheError } from "../error.ts";
import type { LiveRecord } from "../record/live-record.ts";
import type { Tally } from "../stats/tally.ts";
import type { StoredRecord } from "../store/store.ts";

/** The place of a stored record: its stored name, its key and its store. */
export interface FoundAt {
  readonly name: string;
  readonly key: string;
  readonly tier: string;
}

/**
 * Decodes a stored record. Returns undefined if it has expired, null if it is damaged, which is
 * reported.
 *
 * @throws CacheError `NEWER_FORMAT`
 */
export function openRecord(
  codec: Codec,
  record: StoredRecord,
  { name, key, tier }: FoundAt,
  now: number,
  tally: Tally,
): LiveRecord | undefined | null {
  try {
    const live = codec.decode(name, record.bytes, tier, key);
    // An expired record is not removed: by the clock of another machine it may be fresh.
    return isFresh(live, now) ? live : undefined;
  } catch (error) {
    if (CacheError.is(error) && error.code === "NEWER_FORMAT") throw error;
    tally.damage(key, tier, error);
    return null;
  }
}
