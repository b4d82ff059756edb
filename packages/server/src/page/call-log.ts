import type { Minute } from "./minutes.ts";
import type { ShownCall } from "./shown-call.ts";

/** A call that has ended, and the minute in which it did, as it is now. */
export interface CallEvent {
  readonly call: ShownCall;
  readonly minute: Minute;
}

/** The last calls, oldest first, and who wants to hear of the next. */
export class CallLog {
  readonly #most: number;
  readonly #calls: ShownCall[] = [];
  readonly #listeners = new Set<(event: CallEvent) => void>();

  constructor(most: number) {
    this.#most = most;
  }

  add(event: CallEvent): void {
    this.#calls.push(event.call);
    // In one go for many, as taking the first away costs as much as the list is long.
    if (this.#calls.length >= 2 * this.#most) this.#calls.splice(0, this.#most);
    for (const listener of this.#listeners) listener(event);
  }

  last(): readonly ShownCall[] {
    return this.#calls.slice(-this.#most);
  }

  /** Gives what ends it. */
  listen(listener: (event: CallEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
