import type { Answer, CacheEntry, StreamAnswer } from "../cache/entry.ts";
import type { LiveRecord } from "../record/live-record.ts";
import type { Tally } from "../stats/tally.ts";
import { Flight, type FlightHandle, type Job } from "./flight.ts";
import { type Computation, insideOf, refuseCycle } from "./inside.ts";
import { listParts, tapeParts } from "./parts.ts";
import { unlessAborted } from "./unless-aborted.ts";

/** The caller's part of a request for a value. */
interface Caller {
  readonly signal?: AbortSignal | undefined;
  /** An additional label for the counts of its hit or join. */
  readonly label?: string | undefined;
  /** Called with the flight that the caller is about to wait for. */
  readonly onFlight?: ((flight: FlightHandle) => void) | undefined;
}

interface Boarded {
  readonly flight: Flight;
  /** Ends the caller's wait. */
  leave(): void;
  readonly outcome: "computed" | "joined";
  readonly label: string | undefined;
}

/** The computations in progress in this process, by key. */
export class Flights {
  readonly #byKey = new Map<string, Flight>();
  readonly #tally: Tally;

  constructor(tally: Tally) {
    this.#tally = tally;
  }

  has(key: string): boolean {
    return this.#byKey.has(key);
  }

  async value(key: string, job: Job, caller: Caller): Promise<Answer<unknown>> {
    const boarded = this.#board(key, job, caller);
    const { flight, outcome, leave } = boarded;
    const { signal } = caller;
    try {
      const record = await unlessAborted(signal, flight.found);
      if (record) return this.#hit(record, boarded);
      const value = await unlessAborted(signal, flight.tape.whole());
      return { outcome, value };
    } finally {
      leave();
    }
  }

  async stream(key: string, job: Job, caller: Caller): Promise<StreamAnswer<unknown>> {
    const boarded = this.#board(key, job, caller);
    const { flight, outcome, leave } = boarded;
    const { signal } = caller;
    try {
      const record = await unlessAborted(signal, flight.found);
      if (!record) return { outcome, parts: tapeParts(flight.tape, signal, leave) };
      leave();
      return hitStream(this.#hit(record, boarded));
    } catch (error) {
      leave();
      throw error;
    }
  }

  #board(key: string, job: Job, { signal, label, onFlight }: Caller): Boarded {
    signal?.throwIfAborted();
    const underWay = this.#byKey.get(key);
    const inside = insideOf();
    refuseCycle(job.key, underWay, inside);
    const flight = underWay ?? this.#begin(key, job, inside);
    if (underWay) this.#tally.join(key, label);
    inside?.waitsFor.add(flight);
    onFlight?.(flight);
    const leaveFlight = flight.join(signal);
    const leave = () => {
      inside?.waitsFor.delete(flight);
      // A caller that stayed to the end of another caller's computation saved its time and cost.
      if (underWay && flight.spent) this.#tally.saved(flight.spent, label);
      leaveFlight();
    };
    return { flight, leave, outcome: underWay ? "joined" : "computed", label };
  }

  #begin(key: string, job: Job, parent: Computation | undefined): Flight {
    const flight: Flight = new Flight(job.key, parent, () => {
      if (this.#byKey.get(key) === flight) this.#byKey.delete(key);
    });
    this.#byKey.set(key, flight);
    flight.start(job);
    return flight;
  }

  #hit(record: LiveRecord, { outcome, label }: Boarded): LiveRecord {
    if (outcome === "computed") this.#tally.hit(record, label);
    return record;
  }
}

/** Returns a stored list as a stream. */
export function hitStream(record: LiveRecord): StreamAnswer<unknown> {
  const entry = record as CacheEntry<readonly unknown[]>;
  return { outcome: "hit", parts: listParts(entry.value), entry };
}
