import { SecretsError } from "../errors.ts";
import { fold } from "../names.ts";
import type { StoredValue } from "../stores/stored-value.ts";
import { emitWarning } from "../warning.ts";
import { type ReadOptions, type ReadPolicy, readPolicy } from "./read-options.ts";
import { retryAfterOf, unavailable } from "./store-error.ts";

type Found = StoredValue | undefined;

/** The store's answer for a name. */
interface Known {
  readonly value: Found;
  /** When the store was asked, in milliseconds since 1970. */
  readonly askedAt: number;
  /** How often `refresh` had been called by then. */
  readonly round: number;
  /** The same value marked as stale, for callers while the store cannot be reached. */
  stale?: StoredValue;
}

/** After this fraction of `refreshAfter`, a value is read again in the background. */
const early = 0.8;

/** How long a slow store is waited for if memory has a value, in milliseconds. */
const patience = 1_000;

/** How long a store is not asked after a failure, in milliseconds, if memory has a value. */
const restAfterFailure = 5_000;

/** The most names that are remembered. */
const mostNames = 10_000;

/** Caches, for a time, the values of a store that is slow or may be unreachable. */
export class CachedReads {
  readonly #kind: string;
  readonly #ask: (name: string) => Promise<Found>;
  readonly #policy: ReadPolicy;
  readonly #warn: NonNullable<ReadOptions["onWarning"]>;
  readonly #known = new Map<string, Known>();
  readonly #asked = new Map<string, Promise<Found>>();
  #round = 0;
  #retryAt = 0;
  #warned = false;
  #closed = false;

  /** `ask` gets the folded name, and throws if the store cannot answer. */
  constructor(kind: string, options: ReadOptions, ask: (name: string) => Promise<Found>) {
    this.#kind = kind;
    this.#ask = ask;
    this.#policy = readPolicy(options);
    this.#warn = options.onWarning ?? emitWarning;
  }

  /** Returns the value, without a promise if memory can serve it. */
  get(name: string): Found | Promise<Found> {
    if (this.#closed) return Promise.reject(this.#closedError());
    const key = fold(name);
    const { now, ttl, refreshAfter, required } = this.#policy;
    const known = this.#known.get(key);
    if (known === undefined) return this.#flight(key);
    const age = now() - known.askedAt;
    if (age < refreshAfter && known.round === this.#round) {
      if (age >= refreshAfter * early) this.#flight(key).catch(() => undefined);
      return known.value;
    }
    if (required || age >= ttl) return this.#flight(key);
    if (now() < this.#retryAt) return staleOf(known);
    return this.#orStale(key, known);
  }

  /** Makes later calls ask the store again, without joining a read that is under way. */
  refresh(): void {
    this.#round += 1;
    this.#asked.clear();
    this.#retryAt = 0;
  }

  /** Changes the store. Values read before or during the change are not returned after it. */
  async write<T extends Found>(name: string, change: () => Promise<T>): Promise<T> {
    if (this.#closed) throw this.#closedError();
    const key = fold(name);
    try {
      const value = await change();
      this.#keep(key, { value, askedAt: this.#policy.now(), round: this.#round });
      return value;
    } catch (error) {
      this.#known.delete(key);
      throw error;
    } finally {
      this.#asked.delete(key);
    }
  }

  close(): void {
    this.#closed = true;
    this.#known.clear();
    this.#asked.clear();
  }

  /** Asks the store for a name; concurrent callers share one request. */
  #flight(key: string): Promise<Found> {
    const under = this.#asked.get(key);
    if (under) return under;
    const begun = { askedAt: this.#policy.now(), round: this.#round };
    const isLast = () => this.#asked.get(key) === flight;
    const flight: Promise<Found> = this.#ask(key).then(
      (value) => {
        if (isLast()) this.#keep(key, { value, ...begun });
        this.#retryAt = 0;
        this.#warned = false;
        return value;
      },
      (error: unknown) => {
        this.#retryAt = this.#policy.now() + (retryAfterOf(error) ?? restAfterFailure);
        throw error;
      },
    );
    this.#asked.set(key, flight);
    const end = () => void (isLast() && this.#asked.delete(key));
    flight.then(end, end);
    return flight;
  }

  /** Returns the store's value, or the last one from memory if the store fails or is too slow. */
  async #orStale(key: string, known: Known): Promise<Found> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(unavailable("It takes too long to answer.")), patience);
    });
    const flight = this.#flight(key);
    try {
      return await Promise.race([flight, late]);
    } catch (error) {
      flight.catch(() => undefined);
      this.#retryAt = Math.max(this.#retryAt, this.#policy.now() + restAfterFailure);
      this.#warnOnce(error);
      return staleOf(known);
    } finally {
      clearTimeout(timer);
    }
  }

  #keep(key: string, known: Known): void {
    this.#known.delete(key);
    if (this.#known.size >= mostNames) this.#known.delete([...this.#known.keys()][0] ?? key);
    this.#known.set(key, known);
  }

  #warnOnce(error: unknown): void {
    if (this.#warned) return;
    this.#warned = true;
    const reason = error instanceof Error ? error.message : "It failed.";
    const message = `The ${this.#kind} store serves values from memory. ${reason}`;
    this.#warn({ code: "STALE", message });
  }

  #closedError(): SecretsError {
    return new SecretsError("CLOSED", `The ${this.#kind} store is closed. Open it again.`);
  }
}

function staleOf(known: Known): Found {
  if (known.value === undefined) return undefined;
  known.stale ??= { ...known.value, stale: true };
  return known.stale;
}
