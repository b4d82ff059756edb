import { isFresh } from "../cache/freshness.ts";
import type { Codec } from "../codec/codec.ts";
import type { CodecSource } from "../codec/codec-source.ts";
import { plainCodec } from "../codec/plain-codec.ts";
import { CacheError } from "../error.ts";
import { isPromise, type MaybePromise, whenReady } from "../maybe-promise.ts";
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
  /** How records of this store look; what a store of this process keeps looks like itself. */
  readonly codec: CodecSource;
  /** A closed store is not opened again by a late caller. */
  #closed = false;
  /** Whether the last answer was there at once; the first is taken to be. */
  #immediate = true;
  #pausedUntil = 0;
  #latest = 0;

  constructor(store: CacheStore, tally: Tally, codec: CodecSource) {
    this.store = store;
    this.codec = store.inProcess ? () => plainCodec : codec;
    this.tally = tally;
    store.onEvict = (count) => tally.evicted(store.name, count);
  }

  get name(): string {
    return this.store.name;
  }

  /** A sound and fresh record; what is neither is removed. */
  read(key: string, now: number): MaybePromise<LiveRecord | undefined> {
    if (this.store.inProcess) return this.peek(key, now);
    const found = this.#readStored(key, now);
    this.#immediate = !isPromise(found);
    return found;
  }

  /** Like `read`, of a store that answers at once; one that was seen not to is not asked. */
  readAtOnce(key: string, now: number): LiveRecord | undefined {
    const found = this.#immediate ? this.read(key, now) : undefined;
    return isPromise(found) ? undefined : found;
  }

  #readStored(key: string, now: number): MaybePromise<LiveRecord | undefined> {
    return this.attempt(
      "get",
      () =>
        whenReady(this.codec(), (codec) => {
          const name = codec.storedKey(key);
          return whenReady(this.store.get(name), (record) => {
            return record && this.#open(codec, name, key, record, now);
          });
        }),
      undefined,
    );
  }

  /**
   * What a store of this process has at hand: nothing to decode and nothing to wait for, which is
   * what makes a hit fast.
   */
  peek(key: string, now: number): LiveRecord | undefined {
    if (this.#closed) return undefined;
    try {
      const record = this.store.get(key);
      if (!(record instanceof LiveRecord)) return undefined;
      if (record.lives(now) && this.#hasNotGoneBack(record, now)) return record;
      void this.remove(key);
    } catch (error) {
      this.tally.fault(this.name, "get", error);
    }
    return undefined;
  }

  /** Whether the store took it. Only a store of this process is given the record itself. */
  write(record: LiveRecord, encoded: () => Uint8Array): MaybePromise<boolean> {
    const { key } = record;
    const put = () => {
      if (this.store.inProcess) {
        this.#latest = Math.max(this.#latest, record.storedAt);
        return this.store.set(key, record);
      }
      const { expiresAt } = record;
      return whenReady(this.codec(), (codec) => {
        const name = codec.storedKey(key);
        return this.store.set(name, { bytes: codec.encode(name, encoded(), expiresAt), expiresAt });
      });
    };
    const written = this.attempt("set", () => whenReady(put(), () => true), false);
    return whenReady(written, (done) => {
      if (done) this.tally.tell({ type: "stored", key, tier: this.name });
      return done;
    });
  }

  remove(key: string): MaybePromise<boolean> {
    return this.attempt(
      "delete",
      () => whenReady(this.codec(), (codec) => this.store.delete(codec.storedKey(key))),
      false,
    );
  }

  /** Does what the store may fail at; a failure is told and gives the fallback. */
  attempt<T>(operation: string, run: () => MaybePromise<T>, fallback: T): MaybePromise<T> {
    if (this.#closed || this.#isPaused()) return fallback;
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
    if (this.#closed) return fallback;
    try {
      return await run();
    } catch (error) {
      return this.#failed(operation, error, fallback);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    try {
      await this.store.close?.();
    } catch (error) {
      this.tally.fault(this.name, "close", error);
    }
  }

  #open(
    codec: Codec,
    name: string,
    key: string,
    record: StoredRecord,
    now: number,
  ): LiveRecord | undefined {
    try {
      const live = codec.decode(name, record.bytes, this.name, key);
      if (isFresh(live, now)) return live;
    } catch (error) {
      this.tally.damage(key, this.name, error);
    }
    void this.remove(key);
    return undefined;
  }

  /** A record's own date is looked at only after the clock was seen to go back. */
  #hasNotGoneBack(record: LiveRecord, now: number): boolean {
    if (now >= this.#latest) {
      this.#latest = now;
      return true;
    }
    return isFresh(record, now);
  }

  #isPaused(): boolean {
    return this.#pausedUntil > 0 && performance.now() < this.#pausedUntil;
  }

  #failed<T>(operation: string, error: unknown, fallback: T): T {
    const code = CacheError.is(error) ? error.code : undefined;
    if (code === "STORE_TIMEOUT") this.#pausedUntil = performance.now() + PAUSE;
    // What a store is too small for is no fault of it.
    if (code === "TOO_LARGE") this.tally.tell({ type: "error", tier: this.name, operation, error });
    else this.tally.fault(this.name, operation, error);
    return fallback;
  }
}
