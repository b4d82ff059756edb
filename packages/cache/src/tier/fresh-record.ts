import { isFresh } from "../cache/freshness.ts";
import type { Codec } from "../codec/codec.ts";
import { CacheError } from "../error.ts";
import type { LiveRecord } from "../record/live-record.ts";
import type { Tally } from "../stats/tally.ts";
import type { StoredRecord } from "../store/store.ts";

/** Where a stored record was found: under which name, for which key, in which store. */
export interface FoundAt {
  readonly name: string;
  readonly key: string;
  readonly tier: string;
}

/**
 * A stored record as it lives here, where it is fresh; null where it is damaged, which is told.
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
    // Left where it is: by the clock of another machine it may be good.
    return isFresh(live, now) ? live : undefined;
  } catch (error) {
    if (CacheError.is(error) && error.code === "NEWER_FORMAT") throw error;
    tally.damage(key, tier, error);
    return null;
  }
}
