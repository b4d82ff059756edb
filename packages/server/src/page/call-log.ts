import type { Minute } from "./minutes.ts";
import type { ShownCall } from "./shown-call.ts";

/** A call that has ended, and the minute in which it ended, as counted so far. */
export interface CallEvent {
  readonly call: ShownCall;
  readonly minute: Minute;
}

export interface CountedEvent extends CallEvent {
  /**
   * The number of the call since the server started, from 1, so that a reader can tell whether a
   * state already includes it.
   */
  readonly count: number;
}

/** The last calls, oldest first, and the listeners for the next. */
export class CallLog {
  readonly #most: number;
  readonly #calls: ShownCall[] = [];
  readonly #listeners = new Set<(event: CountedEvent) => void>();
  #count = 0;

  constructor(most: number) {
    this.#most = most;
  }

  add(event: CallEvent): void {
    this.#calls.push(event.call);
    // Removes many at once, because removing the first costs as much as the list is long.
    if (this.#calls.length >= 2 * this.#most) this.#calls.splice(0, this.#most);
    this.#count += 1;
    const counted = { ...event, count: this.#count };
    for (const listener of this.#listeners) listener(counted);
  }

  /** Calls since the server started. */
  get count(): number {
    return this.#count;
  }

  last(): readonly ShownCall[] {
    return this.#calls.slice(-this.#most);
  }

  /** Returns a function that ends it. */
  listen(listener: (event: CountedEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
