import { clearMatching, clearTier } from "../cache/clear-tier.ts";
import { isFresh } from "../cache/freshness.ts";
import type { Scope } from "../cache/scope.ts";
import { keyOfTarget, scopeTarget, targetMatcher } from "../cache/target.ts";
import type { Codec } from "../codec/codec.ts";
import type { CodecSource } from "../codec/codec-source.ts";
import { plainCodec } from "../codec/plain-codec.ts";
import { CacheError } from "../error.ts";
import { isPromise, type MaybePromise, whenReady } from "../maybe-promise.ts";
import { LiveRecord } from "../record/live-record.ts";
import type { Tally } from "../stats/tally.ts";
import type { CacheStore, StoredRecord } from "../store/store.ts";
import { isBusy, isTimeout, isTooLarge } from "./failure-kinds.ts";
import { LateRemovals } from "./late-removals.ts";
import { Notes } from "./notes.ts";
import { orElse, patiently } from "./patiently.ts";
import { Rest, resting } from "./rest.ts";
import { withinTime } from "./within-time.ts";

/** How long a change tries again where another process has locked the store, in ms. */
const PATIENCE = { set: 300, delete: 900, replace: 900, clear: 10_000 } as const;

/** One store, none of whose faults reach the caller. */
export class Tier {
  readonly store: CacheStore;
  readonly tally: Tally;
  /** How records of this store look; what a store of this process keeps looks like itself. */
  readonly codec: CodecSource;
  /** How other processes learn of what is invalidated here; undefined where the store has no way. */
  readonly notes: Notes | undefined;
  /** A closed store is not opened again by a late caller. */
  #closed = false;
  /** Whether the last answer was there at once; the first is taken to be. */
  #immediate = true;
  /** What the store failed with last. */
  failure: unknown;
  /** Undefined before the first failure. */
  #rest: Rest | undefined;
  /** Of keys under which an old value is still there, for a lock outlasted what was to remove it. */
  #late: LateRemovals | undefined;
  #latest = 0;

  /** `author` is who notes what this cache invalidates. */
  constructor(store: CacheStore, tally: Tally, codec: CodecSource, author: () => string) {
    this.store = store;
    this.notes = store.invalidations && new Notes(this, store.invalidations, author);
    this.codec = store.inProcess ? () => plainCodec : codec;
    this.tally = tally;
    store.onEvict = (count) => tally.evicted(store.name, count);
  }

  get name(): string {
    return this.store.name;
  }

  /** A sound and fresh record; what is damaged is removed. */
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
      void this.store.delete(key);
    } catch (error) {
      this.tally.fault(this.name, "get", error);
    }
    return undefined;
  }

  /**
   * Whether the store took it. Only a store of this process is given the record itself. What
   * `replaces` is told to other processes.
   */
  write(record: LiveRecord, encoded: () => Uint8Array, replaces: boolean): MaybePromise<boolean> {
    const { key } = record;
    // What is to be replaced would else be served on: for that, a lock is waited for.
    const operation = replaces ? "replace" : "set";
    if (!this.#closed && this.#rest?.keepsFrom(operation)) {
      this.tally.fault(this.name, "set", resting("set"));
      return false;
    }
    const put = () => this.#put(record, encoded, replaces);
    const puts = () => patiently(put, PATIENCE[operation]);
    const run = this.store.inProcess ? () => this.#keep(record) : puts;
    // Made after it was given up, it may lie over what was deleted or replaced meanwhile.
    const onLate = () => void this.remove(key);
    const written = this.#try("set", () => whenReady(run(), isDone), false, onLate);
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
    this.#latest = Math.max(this.#latest, record.storedAt);
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
        (error) => whenReady(this.#removeUnstored(key, error), () => rethrow(error)),
      );
    });
  }

  /**
   * What was not stored must not leave in its place what it was to replace, nor come there after all
   * (redis/ioredis#2130): a full disk or Redis lets it be removed. A lock is waited for elsewhere.
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
   * Tried even while the store is left alone: what is not removed may be served for long. Undefined
   * where the store did not do it.
   */
  remove(key: string): MaybePromise<boolean | undefined> {
    const remove = () => patiently(() => this.#delete(key), PATIENCE.delete);
    return this.#try<boolean | undefined>("delete", remove, undefined);
  }

  /** Goes on trying to remove what a lock kept from being replaced or removed; nobody waits for it. */
  removeLater(key: string): void {
    if (!isBusy(this.failure)) return;
    this.#late ??= new LateRemovals((late) => this.remove(late));
    this.#late.begin(key);
  }

  /** Removes what lies in a scope; undefined where the store did not do it. */
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

  /** Removes what another process invalidated in a store below: a key, a scope, or all. */
  forget(target: string | undefined): MaybePromise<void> {
    const key = target === undefined ? undefined : keyOfTarget(target);
    if (key !== undefined) {
      const gone = () =>
        whenReady(this.codec(), (codec) => this.store.delete(codec.storedKey(key)));
      return whenReady(this.#try("delete", gone, false), () => undefined);
    }
    const matches = target === undefined ? undefined : targetMatcher(target);
    if (this.store.inProcess && this.store.clear) {
      return whenReady(this.store.clear(matches), () => undefined);
    }
    return this.maintain("clear", () => clearMatching(this, matches), 0).then(() => undefined);
  }

  /** Does what the store may fail at; a failure is told and gives the fallback. */
  attempt<T>(operation: string, run: () => MaybePromise<T>, fallback: T): MaybePromise<T> {
    if (this.#rest?.keepsFrom(operation)) return fallback;
    return this.#try(operation, run, fallback);
  }

  #noted<T>(
    codec: Codec,
    target: string | undefined,
    change: () => MaybePromise<T>,
  ): MaybePromise<T> {
    if (target === undefined || !this.notes) return change();
    return this.notes.around(codec, target, change);
  }

  /** `onLate` is told when a store does after all what it was given up for. */
  #try<T>(
    operation: string,
    run: () => MaybePromise<T>,
    fallback: T,
    onLate?: () => void,
  ): MaybePromise<T> {
    if (this.#closed) return fallback;
    try {
      const result = run();
      if (!isPromise(result)) return result;
      return withinTime(result, operation).catch((error) => {
        if (onLate && isTimeout(error)) result.then(onLate, () => undefined);
        return this.#failed(operation, error, fallback);
      });
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
    try {
      const live = codec.decode(name, record.bytes, this.name, key);
      // Left where it is: by the clock of another machine it may be good.
      return isFresh(live, now) ? live : undefined;
    } catch (error) {
      if (CacheError.is(error) && error.code === "NEWER_FORMAT") throw error;
      this.tally.damage(key, this.name, error);
    }
    void this.#try("delete", () => this.store.delete(name), false);
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

  #failed<T>(operation: string, error: unknown, fallback: T): T {
    this.failure = error;
    this.#rest ??= new Rest();
    this.#rest.after(operation, error);
    // What a store is too small for is no fault of it.
    if (isTooLarge(error)) this.tally.tell({ type: "error", tier: this.name, operation, error });
    else this.tally.fault(this.name, operation, error);
    return fallback;
  }
}

function isDone(): true {
  return true;
}

function rethrow(error: unknown): never {
  throw error;
}
