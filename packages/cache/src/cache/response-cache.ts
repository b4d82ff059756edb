import type { Job } from "../flight/flight.ts";
import type { Flights } from "../flight/flights.ts";
import { hitStream } from "../flight/flights.ts";
import { type Keep, recordStream } from "../flight/record-stream.ts";
import { requestKey } from "../key/request-key.ts";
import { type MaybePromise, whenReady } from "../maybe-promise.ts";
import { content } from "../record/content.ts";
import type { LiveRecord } from "../record/live-record.ts";
import type { PruneResult } from "../store/store.ts";
import type { Answer, CacheEntry, StreamAnswer } from "./entry.ts";
import type { Keeper } from "./keeper.ts";
import { notRemoved } from "./not-removed.ts";
import type { ComputeOptions, GetOptions, SetOptions, StreamOptions } from "./options.ts";
import type { RecordingMode } from "./recording-mode.ts";
import type { Scope } from "./scope.ts";
import type { Seeker } from "./seeker.ts";
import type { CacheStats, Upkeep } from "./upkeep.ts";
import type { VerifyReport } from "./verify-tier.ts";

/**
 * A cache of responses by the content of their requests. A failure of a store is a miss, an event
 * and a count in `stats`; it reaches the caller only if an entry that should be removed was not. A
 * closed cache always misses and stores nothing.
 */
export class ResponseCache implements AsyncDisposable {
  readonly #keeper: Keeper;
  readonly #seeker: Seeker;
  readonly #flights: Flights;
  readonly #upkeep: Upkeep;

  /** Use `openCache` instead. */
  constructor(keeper: Keeper, seeker: Seeker, flights: Flights, upkeep: Upkeep) {
    this.#keeper = keeper;
    this.#seeker = seeker;
    this.#flights = flights;
    this.#upkeep = upkeep;
  }

  /** The mode of a cache from `recordings`; undefined for any other cache. */
  get recording(): RecordingMode | undefined {
    return undefined;
  }

  /**
   * Returns the CID of a request, which is a plain object with its defaults merged in: 59
   * characters, `bafyrei…`.
   *
   * @throws CacheError `NOT_CACHEABLE`, with `path` and `reason`, if there is no canonical form.
   */
  key(request: unknown): string {
    return requestKey(request);
  }

  /**
   * Returns the entry, or undefined. The result is not a promise if memory or another synchronous
   * store answers.
   */
  get<T = unknown>(cid: string, options?: GetOptions): MaybePromise<CacheEntry<T> | undefined> {
    const key = this.#keeper.keyOf(cid, options);
    const near = this.#keeper.peek(key);
    if (near) return this.#seen(key, near, options?.label) as CacheEntry<T>;
    this.#keeper.check(cid, options);
    return this.#read(key, options?.label) as MaybePromise<CacheEntry<T> | undefined>;
  }

  /**
   * Returns the entry if memory or a synchronous disk store has it. Otherwise no miss is counted:
   * an asynchronous store, which is not asked here, may have it.
   */
  peek<T = unknown>(cid: string, options?: GetOptions): CacheEntry<T> | undefined {
    const record = this.#keeper.readAtOnce(this.#keeper.keyOf(cid, options));
    if (record) this.#keeper.tally.hit(record, options?.label);
    return record as CacheEntry<unknown> | undefined as CacheEntry<T> | undefined;
  }

  /**
   * Stores JSON data, including null, false, "" and 0. Returns false if no store took it; an event
   * has the reason.
   *
   * @throws CacheError `INVALID_KEY`, `INVALID_OPTION`
   */
  set(cid: string, value: unknown, options: SetOptions = {}): MaybePromise<boolean> {
    this.#keeper.check(cid, options);
    const key = this.#keeper.keyOf(cid, options);
    return this.#keeper.keep(key, content(value), options);
  }

  /**
   * Returns the stored value, or that of the same computation in progress (in this process or
   * another one that shares the store), or computes a new one. An error is passed to all callers in
   * this process and is not stored.
   */
  getOrCompute<T>(
    cid: string,
    compute: (signal: AbortSignal) => Promise<T>,
    options: ComputeOptions<T> = {},
  ): MaybePromise<Answer<T>> {
    const key = this.#keeper.keyOf(cid, options);
    const record = this.#atHand(key, options, isAny);
    if (record) return record as CacheEntry<unknown> as CacheEntry<T>;
    this.#keeper.check(cid, options);
    const job = this.#job(key, options, isAny, async (signal) => content(await compute(signal)));
    return this.#flights.value(flightKey(key, options), job, options) as Promise<Answer<T>>;
  }

  /**
   * Like `getOrCompute`, for streams; the stored value is the list of parts. A hit replays the
   * list, and a caller that joins gets the stream from its first part. The producer is at most 16
   * parts ahead of its fastest reader. Only a stream that ends without an error is stored. When all
   * readers have left, the signal is aborted.
   */
  getOrStream<Part>(
    cid: string,
    produce: (signal: AbortSignal) => AsyncIterable<Part>,
    options: StreamOptions<Part> = {},
  ): MaybePromise<StreamAnswer<Part>> {
    const key = this.#keeper.keyOf(cid, options);
    const record = this.#atHand(key, options, isList);
    if (record) return hitStream(record) as StreamAnswer<Part>;
    this.#keeper.check(cid, options);
    const job = this.#job(key, options, isList, async (signal, tape) =>
      recordStream(produce(signal), tape, signal, options.keep as Keep | undefined),
    );
    const answer = this.#flights.stream(flightKey(key, options), job, options);
    return answer as Promise<StreamAnswer<Part>>;
  }

  /**
   * Returns whether there was an entry to delete. A computation that started before, here or in
   * another process, is not stored afterwards, and the memory of other processes forgets the entry
   * within a second.
   *
   * @throws CacheError `INVALID_KEY`, `INVALID_OPTION`, `NOT_REMOVED` with `failed`, the stores that
   * did not remove it, thrown or as a rejection
   */
  delete(cid: string, scope?: Scope): MaybePromise<boolean> {
    this.#keeper.check(cid);
    const removal = this.#keeper.tiers.remove(this.#keeper.keyOf(cid, scope));
    return whenReady(removal, ({ removed, failed }) => {
      if (failed.length > 0) throw notRemoved(failed);
      return removed;
    });
  }

  /**
   * Deletes all entries, or those of a namespace, a tenant, or a tenant within a namespace, like
   * `delete`. Returns the largest number of entries that one store deleted.
   *
   * @throws CacheError `INVALID_OPTION`, `NOT_REMOVED` with `failed`, the stores that failed
   */
  clear(scope: Scope = {}): Promise<number> {
    return this.#upkeep.clear(scope);
  }

  /**
   * Returns the counts of this process and of the store since it was created, and the sizes of the
   * stores.
   */
  stats(): Promise<CacheStats> {
    return this.#upkeep.stats();
  }

  /** Reads all records, removes damaged ones, and returns a report. */
  verify(): Promise<VerifyReport> {
    return this.#upkeep.verify();
  }

  /** Removes expired entries, entries over a store's limit, and left-over files. */
  prune(): Promise<PruneResult> {
    return this.#upkeep.prune();
  }

  /** True after `close()`. */
  get closed(): boolean {
    return this.#upkeep.closed;
  }

  /** Waits for the writes in progress and closes the stores. */
  close(): Promise<void> {
    return this.#upkeep.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #read(key: string, label: string | undefined): MaybePromise<CacheEntry<unknown> | undefined> {
    return whenReady(this.#keeper.read(key), (record) => this.#seen(key, record, label));
  }

  #seen(
    key: string,
    record: LiveRecord | undefined,
    label: string | undefined,
  ): CacheEntry<unknown> | undefined {
    if (record) this.#keeper.tally.hit(record, label);
    else this.#keeper.tally.miss(key, label);
    return record;
  }

  #atHand(key: string, options: Options, accepts: Accepts): LiveRecord | undefined {
    if (options.refresh || options.signal?.aborted) return undefined;
    return this.#seeker.atHand(key, accepts, options.label);
  }

  #job(key: string, options: Options, accepts: Accepts, compute: Job["compute"]): Job {
    const { label, refresh } = options;
    const keeper = this.#keeper;
    return {
      key,
      compute,
      board: (onVoid) => keeper.board(key, onVoid),
      lookup: (signal) => (refresh ? {} : this.#seeker.seek(key, accepts, label, signal)),
      mark: (ticket) => keeper.mark(ticket),
      cost: (value) => keeper.cost(value, options),
      keep: (made, spent, mark) => keeper.keep(key, made, options, { spent, mark }),
      handIn: (ticket) => keeper.tiers.tickets.handIn(ticket),
    };
  }
}

type Options = ComputeOptions<never>;
type Accepts = (record: LiveRecord) => boolean;

/**
 * Returns the key of the flight. A caller that asks for a new response does not join a flight that
 * may return a cached one.
 */
function flightKey(key: string, options: Options): string {
  const flight = options.flight === undefined ? key : `${key}#${options.flight}`;
  return options.refresh ? `${flight}!` : flight;
}

function isAny(): boolean {
  return true;
}

/** A stored value that is not a list cannot be replayed as a stream, so it is computed again. */
function isList(record: LiveRecord): boolean {
  return Array.isArray(record.value);
}
