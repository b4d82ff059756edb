import { clearMatching, clearTier } from "../cache/clear-tier.ts";
import type { Scope } from "../cache/scope.ts";
import { keyOfTarget, scopeTarget, targetMatcher } from "../cache/target.ts";
import type { Codec } from "../codec/codec.ts";
import type { CodecSource } from "../codec/codec-source.ts";
import { plainCodec } from "../codec/plain-codec.ts";
import { isPromise, type MaybePromise, whenReady } from "../maybe-promise.ts";
import { LiveRecord } from "../record/live-record.ts";
import type { Tally } from "../stats/tally.ts";
import type { CacheStore, StoredRecord } from "../store/store.ts";
import { coolingDown } from "./cooldown.ts";
import { isBusy } from "./failure-kinds.ts";
import { Faults } from "./faults.ts";
import { openRecord } from "./fresh-record.ts";
import { LateRemovals } from "./late-removals.ts";
import { Notes } from "./notes.ts";
import { orElse, PATIENCE, patiently } from "./patiently.ts";
import { SeenClock } from "./seen-clock.ts";

/** One store of a cache, none of whose failures reach the caller. */
export class Tier {
  readonly store: CacheStore;
  readonly tally: Tally;
  /** The codec of the records in this store; a store in this process is never encrypted. */
  readonly codec: CodecSource;
  /** The notes that tell other processes of invalidations; undefined if the store has none. */
  readonly notes: Notes | undefined;
  readonly #faults: Faults;
  /** True if the last answer of the store was synchronous; assumed before the first one. */
  #immediate = true;
  /** Removals that are still to be made, because a lock lasted longer than the attempt. */
  #late: LateRemovals | undefined;
  readonly #clock = new SeenClock();

  /** `author` returns the id under which this cache notes its invalidations. */
  constructor(store: CacheStore, tally: Tally, codec: CodecSource, author: () => string) {
    this.store = store;
    this.notes = store.invalidations && new Notes(this, store.invalidations, author);
    this.codec = store.inProcess ? () => plainCodec : codec;
    this.tally = tally;
    this.#faults = new Faults(store.name, tally);
    store.onEvict = (count) => tally.evicted(store.name, count);
  }

  get name(): string {
    return this.store.name;
  }

  /** The last error of the store. */
  get failure(): unknown {
    return this.#faults.last;
  }

  /** Returns a sound and fresh record; a damaged one is removed. */
  read(key: string, now: number): MaybePromise<LiveRecord | undefined> {
    if (this.store.inProcess) return this.peek(key, now);
    const found = this.#readStored(key, now);
    this.#immediate = !isPromise(found);
    return found;
  }

  /** Like `read`, for a store that answers synchronously; any other is not asked. */
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
   * Returns a record from a store in this process. There is nothing to decode and nothing to wait
   * for, which makes a hit fast.
   */
  peek(key: string, now: number): LiveRecord | undefined {
    if (this.#faults.closed) return undefined;
    try {
      const record = this.store.get(key);
      if (!(record instanceof LiveRecord)) return undefined;
      if (record.lives(now) && this.#clock.allows(record, now)) return record;
      void this.store.delete(key);
    } catch (error) {
      this.tally.fault(this.name, "get", error);
    }
    return undefined;
  }

  /** Returns whether the store took the record. Other processes are told if it `replaces` one. */
  write(record: LiveRecord, encoded: () => Uint8Array, replaces: boolean): MaybePromise<boolean> {
    const { key } = record;
    // The old value would still be served, so a replacement waits longer for a lock.
    const operation = replaces ? "replace" : "set";
    if (!this.#faults.closed && this.#faults.keepsFrom(operation)) {
      this.tally.fault(this.name, "set", coolingDown("set"));
      return false;
    }
    const put = () => this.#put(record, encoded, replaces);
    const puts = () => patiently(put, PATIENCE[operation]);
    const run = this.store.inProcess ? () => this.#keep(record) : puts;
    // A write that succeeds after its timeout may overwrite a later deletion or replacement.
    const onLate = () => void this.remove(key);
    const written = this.#faults.try("set", () => whenReady(run(), () => true), false, onLate);
    if (!isPromise(written)) return this.#written(written, key, replaces);
    return written.then((done) => this.#written(done, key, replaces));
  }

  #written(done: boolean, key: string, replaces: boolean): boolean {
    this.#late?.forget(key);
    if (done) this.tally.written(key, this.name);
    else if (replaces) this.removeLater(key);
    return done;
  }

  #keep(record: LiveRecord): MaybePromise<void> {
    this.#clock.saw(record.storedAt);
    return this.store.set(record.key, record);
  }

  #put(record: LiveRecord, encoded: () => Uint8Array, replaces: boolean): MaybePromise<void> {
    const { key, expiresAt } = record;
    return whenReady(this.codec(), (codec) => {
      const name = codec.storedKey(key);
      const bytes = codec.encode(name, encoded(), expiresAt);
      const put = () => this.store.set(name, { bytes, expiresAt });
      return orElse(
        () => this.#noted(codec, replaces ? key : undefined, put),
        (error) =>
          whenReady(this.#removeUnstored(key, error), () => {
            throw error;
          }),
      );
    });
  }

  /**
   * Removes what a failed write may leave: the value that it was to replace, or the new one,
   * arriving late (redis/ioredis#2130). A full disk or Redis allows it; a lock is handled
   * elsewhere.
   */
  #removeUnstored(key: string, error: unknown): MaybePromise<boolean> {
    if (isBusy(error)) return false;
    return orElse(
      () => this.#delete(key),
      () => false,
    );
  }

  #delete(key: string): MaybePromise<boolean> {
    return whenReady(this.codec(), (codec) =>
      this.#noted(codec, key, () => this.store.delete(codec.storedKey(key))),
    );
  }

  /**
   * Removes a key, even during the cooldown, because an entry that is not removed may be served for
   * long. Returns undefined if the store did not remove it.
   */
  remove(key: string): MaybePromise<boolean | undefined> {
    const remove = () => patiently(() => this.#delete(key), PATIENCE.delete);
    return this.#faults.try<boolean | undefined>("delete", remove, undefined);
  }

  /** Keeps trying, in the background, to remove a key that a lock kept in place. */
  removeLater(key: string): void {
    if (!isBusy(this.#faults.last)) return;
    this.#late ??= new LateRemovals((late) => this.remove(late));
    this.#late.begin(key);
  }

  /** Removes the entries in a scope. Returns undefined if the store did not do so. */
  async removeIn(scope: Scope): Promise<number | undefined> {
    return this.maintain<number | undefined>(
      "clear",
      async () => {
        const codec = await this.codec();
        const clear = () => clearTier(this, scope);
        return await patiently(() => this.#noted(codec, scopeTarget(scope), clear), PATIENCE.clear);
      },
      undefined,
    );
  }

  /** Removes what another process invalidated in a store below: a key, a scope, or everything. */
  forget(target: string | undefined): MaybePromise<void> {
    const key = target === undefined ? undefined : keyOfTarget(target);
    if (key !== undefined) {
      const gone = () =>
        whenReady(this.codec(), (codec) => this.store.delete(codec.storedKey(key)));
      return whenReady(this.#faults.try("delete", gone, false), () => undefined);
    }
    const matches = target === undefined ? undefined : targetMatcher(target);
    if (this.store.inProcess && this.store.clear) {
      return whenReady(this.store.clear(matches), () => undefined);
    }
    return this.maintain("clear", () => clearMatching(this, matches), 0).then(() => undefined);
  }

  /** Runs an operation of the store; a failure is reported and replaced by the fallback. */
  attempt<T>(operation: string, run: () => MaybePromise<T>, fallback: T): MaybePromise<T> {
    return this.#faults.attempt(operation, run, fallback);
  }

  #noted<T>(
    codec: Codec,
    target: string | undefined,
    change: () => MaybePromise<T>,
  ): MaybePromise<T> {
    if (target === undefined || !this.notes) return change();
    return this.notes.around(codec, target, change);
  }

  /** Like `attempt`, for work on a whole store, without a timeout. */
  maintain<T>(operation: string, run: () => Promise<T>, fallback: T): Promise<T> {
    return this.#faults.maintain(operation, run, fallback);
  }

  async close(): Promise<void> {
    this.#faults.close();
    this.#late?.close();
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
    const live = openRecord(codec, record, { name, key, tier: this.name }, now, this.tally);
    if (live === null) void this.#faults.try("delete", () => this.store.delete(name), false);
    return live ?? undefined;
  }
}
