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
 * Responses by the content of their requests. No fault of a store reaches the caller, but that it did
 * not remove what was to be removed: it is a miss, an event and a number in `stats`. A closed cache answers misses and stores nothing.
 */
export class ResponseCache implements AsyncDisposable {
  readonly #keeper: Keeper;
  readonly #seeker: Seeker;
  readonly #flights: Flights;
  readonly #upkeep: Upkeep;

  /** Use `openCache`. */
  constructor(keeper: Keeper, seeker: Seeker, flights: Flights, upkeep: Upkeep) {
    this.#keeper = keeper;
    this.#seeker = seeker;
    this.#flights = flights;
    this.#upkeep = upkeep;
  }

  /** What a cache of `recordings` does with a request that it is asked; undefined for any other cache. */
  get recording(): RecordingMode | undefined {
    return undefined;
  }

  /**
   * The CID of a request, a plain object with its defaults merged in: 59 characters, `bafyrei…`.
   *
   * @throws CacheError `NOT_CACHEABLE`, with `path` and `reason`, for what has no canonical form.
   */
  key(request: unknown): string {
    return requestKey(request);
  }

  /** The entry, or undefined. At once when memory or another synchronous store answers. */
  get<T = unknown>(cid: string, options?: GetOptions): MaybePromise<CacheEntry<T> | undefined> {
    const key = this.#keeper.keyOf(cid, options);
    const near = this.#keeper.peek(key);
    if (near) return this.#seen(key, near, options?.label) as CacheEntry<T>;
    this.#keeper.check(cid, options);
    return this.#read(key, options?.label) as MaybePromise<CacheEntry<T> | undefined>;
  }

  /**
   * The entry, where memory or a disk that answers at once has it. Nothing found counts as no miss:
   * a store that has to be waited for may have it, and is not asked again for this.
   */
  peek<T = unknown>(cid: string, options?: GetOptions): CacheEntry<T> | undefined {
    const record = this.#keeper.readAtOnce(this.#keeper.keyOf(cid, options));
    if (record) this.#keeper.tally.hit(record, options?.label);
    return record as CacheEntry<unknown> | undefined as CacheEntry<T> | undefined;
  }

  /**
   * Stores JSON data, null, false, "" and 0 included. False when no store took it, with the reason
   * in an event.
   *
   * @throws CacheError `INVALID_KEY`, `INVALID_OPTION`
   */
  set(cid: string, value: unknown, options: SetOptions = {}): MaybePromise<boolean> {
    this.#keeper.check(cid, options);
    const key = this.#keeper.keyOf(cid, options);
    return this.#keeper.keep(key, content(value), options);
  }

  /**
   * The stored value, or that of the same computation already in progress, in this process or another
   * that shares the store, or a new one. An error reaches all who wait in this process; it is not stored.
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
   * Like `getOrCompute`, for streams; the stored value is the list of parts. A hit replays it, and
   * who joins sees the stream from its first part. The producer is at most 16 parts ahead of its
   * fastest reader. Only a clean end is stored. When all readers have left, the signal is aborted.
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
   * Whether there was something to delete. What was begun before, here or in another process, is not
   * stored after, and the memory of other processes forgets within a second.
   *
   * @throws CacheError `INVALID_KEY`, `INVALID_OPTION`, `NOT_REMOVED` with `failed`, the stores that
   * did not do it, at once or as a rejection
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
   * Deletes everything, or what belongs to a namespace, a tenant, or a tenant within a namespace, as
   * `delete` does. Returns how many entries the fullest store lost.
   *
   * @throws CacheError `INVALID_OPTION`, `NOT_REMOVED` with `failed`, the stores that did not do it
   */
  clear(scope: Scope = {}): Promise<number> {
    return this.#upkeep.clear(scope);
  }

  /** What happened in this process and since the store began, and what the stores hold. */
  stats(): Promise<CacheStats> {
    return this.#upkeep.stats();
  }

  /** Reads everything, removes what is damaged, and reports. */
  verify(): Promise<VerifyReport> {
    return this.#upkeep.verify();
  }

  /** Removes what is over its time, what exceeds a store's bound, and left-over files. */
  prune(): Promise<PruneResult> {
    return this.#upkeep.prune();
  }

  /** Whether `close` was called. */
  get closed(): boolean {
    return this.#upkeep.closed;
  }

  /** Waits for the writes in progress and lets go of the stores. */
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

/** Who asks for a new answer does not join one that may yet come from the cache. */
function flightKey(key: string, options: Options): string {
  const flight = options.flight === undefined ? key : `${key}#${options.flight}`;
  return options.refresh ? `${flight}!` : flight;
}

function isAny(): boolean {
  return true;
}

/** A stored value that is no list cannot be replayed as a stream, so it is computed again. */
function isList(record: LiveRecord): boolean {
  return Array.isArray(record.value);
}
