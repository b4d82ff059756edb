import { SecretsError } from "../errors.ts";
import { fold } from "../names.ts";
import type { StoredValue } from "../stores/stored-value.ts";
import { emitWarning } from "../warning.ts";
import { type ReadOptions, type ReadPolicy, readPolicy } from "./read-options.ts";
import { retryAfterOf, unavailable } from "./store-error.ts";

type Found = StoredValue | undefined;

/** What the store said of a name. */
interface Known {
  readonly value: Found;
  /** When it was asked, in milliseconds since 1970. */
  readonly askedAt: number;
  /** How often `refresh` had been called then. */
  readonly round: number;
  /** The same value, for who gets it while the store cannot be asked. */
  stale?: StoredValue;
}

/** From this part of `refreshAfter` on a value is read again in the background. */
const early = 0.8;

/** With a value in memory, a slow store is waited for no longer, in milliseconds. */
const patience = 1_000;

/** After a failure a store is left alone so long, in milliseconds, where memory has a value. */
const restAfterFailure = 5_000;

/** More names than these are not remembered. */
const mostNames = 10_000;

/** The values of a store that is slow or may be away, in memory for a time. */
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

  /** `ask` gets the folded name, and throws what keeps it from an answer. */
  constructor(kind: string, options: ReadOptions, ask: (name: string) => Promise<Found>) {
    this.#kind = kind;
    this.#ask = ask;
    this.#policy = readPolicy(options);
    this.#warn = options.onWarning ?? emitWarning;
  }

  /** At once where memory has it. */
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

  /** Whoever asks from now on gets what the store says from now on. */
  refresh(): void {
    this.#round += 1;
    this.#asked.clear();
    this.#retryAt = 0;
  }

  /** Changes the store; what was read before or meanwhile is not given after it. */
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

  /** One question at a time for a name; all who ask meanwhile get its answer. */
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

  /** What the store says, or what it said before where it cannot be asked. */
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
