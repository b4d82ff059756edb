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

/** One store, none of whose faults reach the caller. */
export class Tier {
  readonly store: CacheStore;
  readonly tally: Tally;
  /** How records of this store look; what a store of this process keeps looks like itself. */
  readonly codec: CodecSource;
  /** How other processes learn of what is invalidated here; undefined where the store has no way. */
  readonly notes: Notes | undefined;
  readonly #faults: Faults;
  /** Whether the last answer was there at once; the first is taken to be. */
  #immediate = true;
  /** Of keys under which an old value is still there, for a lock outlasted what was to remove it. */
  #late: LateRemovals | undefined;
  readonly #clock = new SeenClock();

  /** `author` is who notes what this cache invalidates. */
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

  /** What the store failed with last. */
  get failure(): unknown {
    return this.#faults.last;
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
   * What a store of this process has available: nothing to decode and nothing to wait for, which is
   * what makes a hit fast.
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

  /** Whether the store took it. What `replaces` another answer is told to other processes. */
  write(record: LiveRecord, encoded: () => Uint8Array, replaces: boolean): MaybePromise<boolean> {
    const { key } = record;
    // What is to be replaced would else be served on: for that, a lock is waited for.
    const operation = replaces ? "replace" : "set";
    if (!this.#faults.closed && this.#faults.keepsFrom(operation)) {
      this.tally.fault(this.name, "set", coolingDown("set"));
      return false;
    }
    const put = () => this.#put(record, encoded, replaces);
    const puts = () => patiently(put, PATIENCE[operation]);
    const run = this.store.inProcess ? () => this.#keep(record) : puts;
    // Made after it was given up, it may lie over what was deleted or replaced meanwhile.
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
    return this.#faults.try<boolean | undefined>("delete", remove, undefined);
  }

  /** Goes on trying to remove what a lock kept from being replaced or removed; nobody waits for it. */
  removeLater(key: string): void {
    if (!isBusy(this.#faults.last)) return;
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
      return whenReady(this.#faults.try("delete", gone, false), () => undefined);
    }
    const matches = target === undefined ? undefined : targetMatcher(target);
    if (this.store.inProcess && this.store.clear) {
      return whenReady(this.store.clear(matches), () => undefined);
    }
    return this.maintain("clear", () => clearMatching(this, matches), 0).then(() => undefined);
  }

  /** Does what the store may fail at; a failure is told and gives the fallback. */
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

  /** Like `attempt`, for work on a whole store, which may take its time. */
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
