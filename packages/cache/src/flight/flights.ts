import type { Answer, CacheEntry, StreamAnswer } from "../cache/entry.ts";
import type { LiveRecord } from "../record/live-record.ts";
import type { Tally } from "../stats/tally.ts";
import { Flight, type Job } from "./flight.ts";
import { listParts, tapeParts } from "./parts.ts";
import { unlessAborted } from "./unless-aborted.ts";

/** Who wants an answer. */
interface Caller {
  readonly signal?: AbortSignal | undefined;
  /** What its hit or join is also counted under. */
  readonly label?: string | undefined;
}

interface Boarded {
  readonly flight: Flight;
  readonly outcome: "computed" | "joined";
  readonly label: string | undefined;
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

  async value(key: string, job: Job, { signal, label }: Caller): Promise<Answer<unknown>> {
    signal?.throwIfAborted();
    const boarded = this.#board(key, job, label);
    const { flight, outcome } = boarded;
    const leave = flight.join(signal);
    try {
      const record = await unlessAborted(signal, flight.found);
      if (record) return this.#hit(record, boarded);
      const value = await unlessAborted(signal, flight.tape.whole());
      return { outcome, value };
    } finally {
      this.#land(boarded);
      leave();
    }
  }

  async stream(key: string, job: Job, { signal, label }: Caller): Promise<StreamAnswer<unknown>> {
    signal?.throwIfAborted();
    const boarded = this.#board(key, job, label);
    const { flight, outcome } = boarded;
    const leave = flight.join(signal);
    try {
      const record = await unlessAborted(signal, flight.found);
      if (!record) {
        const land = () => {
          this.#land(boarded);
          leave();
        };
        return { outcome, parts: tapeParts(flight.tape, signal, land) };
      }
      leave();
      return hitStream(this.#hit(record, boarded));
    } catch (error) {
      leave();
      throw error;
    }
  }

  #board(key: string, job: Job, label: string | undefined): Boarded {
    const underWay = this.#byKey.get(key);
    if (underWay) {
      this.#tally.join(key, label);
      return { flight: underWay, outcome: "joined", label };
    }
    const flight: Flight = new Flight(() => {
      if (this.#byKey.get(key) === flight) this.#byKey.delete(key);
    });
    this.#byKey.set(key, flight);
    flight.start(job);
    return { flight, outcome: "computed", label };
  }

  /** Who stayed to the end of another's computation saved what it took. */
  #land({ flight, outcome, label }: Boarded): void {
    const { spent } = flight;
    if (outcome === "joined" && spent) this.#tally.saved(spent, label);
  }

  #hit(record: LiveRecord, { outcome, label }: Boarded): LiveRecord {
    if (outcome === "computed") this.#tally.hit(record, label);
    return record;
  }
}

/** A stored list as a stream. */
export function hitStream(record: LiveRecord): StreamAnswer<unknown> {
  const entry = record as CacheEntry<readonly unknown[]>;
  return { outcome: "hit", parts: listParts(entry.value), entry };
}
