import { isFresh } from "../cache/freshness.ts";
import { CacheError } from "../error.ts";
import { isPromise, type MaybePromise, whenReady } from "../maybe-promise.ts";
import { decodeRecord } from "../record/decode-record.ts";
import { LiveRecord } from "../record/live-record.ts";
import type { Tally } from "../stats/tally.ts";
import type { CacheStore, StoredRecord } from "../store/store.ts";
import { withinTime } from "./within-time.ts";

/** After a store has not answered in time it is left alone for this many ms. */
const PAUSE = 1000;

/** One store, none of whose faults reach the caller. */
export class Tier {
  readonly store: CacheStore;
  readonly tally: Tally;
  #pausedUntil = 0;

  constructor(store: CacheStore, tally: Tally) {
    this.store = store;
    this.tally = tally;
    store.onEvict = (count) => tally.evicted(store.name, count);
  }

  get name(): string {
    return this.store.name;
  }

  /** A sound and fresh record; what is neither is removed. */
  read(key: string, now: number): MaybePromise<LiveRecord | undefined> {
    const found = this.attempt("get", () => this.store.get(key), undefined);
    return whenReady(found, (record) => record && this.#open(key, record, now));
  }

  /** Whether the store took it. */
  write(key: string, record: StoredRecord): MaybePromise<boolean> {
    const written = this.attempt(
      "set",
      () => whenReady(this.store.set(key, record), () => true),
      false,
    );
    return whenReady(written, (done) => {
      if (done) this.tally.stored(key, this.name);
      return done;
    });
  }

  remove(key: string): MaybePromise<boolean> {
    return this.attempt("delete", () => this.store.delete(key), false);
  }

  /** Does what the store may fail at; a failure is told and gives the fallback. */
  attempt<T>(operation: string, run: () => MaybePromise<T>, fallback: T): MaybePromise<T> {
    if (this.#pausedUntil > 0 && performance.now() < this.#pausedUntil) return fallback;
    try {
      const result = run();
      if (!isPromise(result)) return result;
      return withinTime(result, operation).catch((error) =>
        this.#failed(operation, error, fallback),
      );
    } catch (error) {
      return this.#failed(operation, error, fallback);
    }
  }

  /** Like `attempt`, for work on a whole store, which may take its time. */
  async maintain<T>(operation: string, run: () => Promise<T>, fallback: T): Promise<T> {
    try {
      return await run();
    } catch (error) {
      return this.#failed(operation, error, fallback);
    }
  }

  #open(key: string, record: StoredRecord, now: number): LiveRecord | undefined {
    try {
      const live =
        record instanceof LiveRecord ? record : decodeRecord(record.bytes, key, this.name);
      if (isFresh(live.facts, now)) return live;
    } catch (error) {
      this.tally.damage(key, this.name, error);
    }
    void this.remove(key);
    return undefined;
  }

  #failed<T>(operation: string, error: unknown, fallback: T): T {
    const code = CacheError.is(error) ? error.code : undefined;
    if (code === "STORE_TIMEOUT") this.#pausedUntil = performance.now() + PAUSE;
    this.tally.fault(this.name, operation, error);
    return fallback;
  }
}
