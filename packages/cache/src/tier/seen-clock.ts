import { isFresh } from "../cache/freshness.ts";
import type { LiveRecord } from "../record/live-record.ts";

/** Checks a record's own date only after the clock was seen to go back. */
export class SeenClock {
  #latest = 0;

  saw(time: number): void {
    if (time > this.#latest) this.#latest = time;
  }

  allows(record: LiveRecord, now: number): boolean {
    if (now < this.#latest) return isFresh(record, now);
    this.#latest = now;
    return true;
  }
}
