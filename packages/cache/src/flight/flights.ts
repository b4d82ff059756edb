import type { Answer, CacheEntry, StreamAnswer } from "../cache/entry.ts";
import type { LiveRecord } from "../record/live-record.ts";
import type { Tally } from "../stats/tally.ts";
import { Flight, type Job } from "./flight.ts";
import { listParts, tapeParts } from "./parts.ts";
import { unlessAborted } from "./unless-aborted.ts";

interface Boarded {
  readonly flight: Flight;
  readonly outcome: "computed" | "joined";
}

/** The computations under way in this process, by key. */
export class Flights {
  readonly #byKey = new Map<string, Flight>();
  readonly #tally: Tally;

  constructor(tally: Tally) {
    this.#tally = tally;
  }

  has(key: string): boolean {
    return this.#byKey.has(key);
  }

  async value(key: string, job: Job, signal: AbortSignal | undefined): Promise<Answer<unknown>> {
    signal?.throwIfAborted();
    const { flight, outcome } = this.#board(key, job);
    const leave = flight.join(signal);
    try {
      const record = await unlessAborted(signal, flight.found);
      if (record) return this.#hit(record, outcome);
      const value = await unlessAborted(signal, flight.tape.whole());
      return { outcome, value };
    } finally {
      this.#land({ flight, outcome });
      leave();
    }
  }

  async stream(
    key: string,
    job: Job,
    signal: AbortSignal | undefined,
  ): Promise<StreamAnswer<unknown>> {
    signal?.throwIfAborted();
    const { flight, outcome } = this.#board(key, job);
    const leave = flight.join(signal);
    try {
      const record = await unlessAborted(signal, flight.found);
      if (!record) {
        const land = () => {
          this.#land({ flight, outcome });
          leave();
        };
        return { outcome, parts: tapeParts(flight.tape, signal, land) };
      }
      leave();
      return hitStream(this.#hit(record, outcome));
    } catch (error) {
      leave();
      throw error;
    }
  }

  #board(key: string, job: Job): Boarded {
    const underWay = this.#byKey.get(key);
    if (underWay) {
      this.#tally.join(key);
      return { flight: underWay, outcome: "joined" };
    }
    const flight: Flight = new Flight(() => {
      if (this.#byKey.get(key) === flight) this.#byKey.delete(key);
    });
    this.#byKey.set(key, flight);
    flight.start(job);
    return { flight, outcome: "computed" };
  }

  /** Who stayed to the end of another's computation saved what it took. */
  #land({ flight, outcome }: Boarded): void {
    const { spent } = flight;
    if (outcome === "joined" && spent) this.#tally.saved(spent.elapsed, spent.cost);
  }

  #hit(record: LiveRecord, outcome: Boarded["outcome"]): LiveRecord {
    if (outcome === "computed") this.#tally.hit(record);
    return record;
  }
}

/** A stored list as a stream. */
export function hitStream(record: LiveRecord): StreamAnswer<unknown> {
  const entry = record as CacheEntry<readonly unknown[]>;
  return { outcome: "hit", parts: listParts(entry.value), entry };
}
