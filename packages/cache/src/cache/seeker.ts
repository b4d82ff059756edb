import type { Clearance, Leases } from "../flight/lease.ts";
import { type MaybePromise, whenReady } from "../maybe-promise.ts";
import type { LiveRecord } from "../record/live-record.ts";
import type { Keeper } from "./keeper.ts";

type Accepts = (record: LiveRecord) => boolean;

/** Looks for a record before it is computed: in the stores, then in other processes. */
export class Seeker {
  readonly #keeper: Keeper;
  readonly #leases: Leases | undefined;

  constructor(keeper: Keeper, leases: Leases | undefined) {
    this.#keeper = keeper;
    this.#leases = leases;
  }

  /** Returns a record that is in memory. */
  atHand(key: string, accepts: Accepts, label: string | undefined): LiveRecord | undefined {
    const record = this.#keeper.peek(key);
    if (!record || !accepts(record)) return undefined;
    this.#keeper.tally.hit(record, label);
    return record;
  }

  /** Returns a record, or permission to compute it. */
  seek(
    key: string,
    accepts: Accepts,
    label: string | undefined,
    signal: AbortSignal,
  ): MaybePromise<Clearance> {
    const look = () =>
      whenReady(this.#keeper.read(key), (record) =>
        record && accepts(record) ? record : undefined,
      );
    return whenReady(look(), (record) => {
      if (record) return { record };
      this.#keeper.tally.miss(key, label);
      return this.#leases?.await(key, look, signal) ?? {};
    });
  }
}
