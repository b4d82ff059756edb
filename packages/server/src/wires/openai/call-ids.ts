/** A call that waits for its result. */
interface Waiting {
  readonly id: string;
  readonly name: string;
}

/**
 * Assigns tool results to their calls, even if a program omits the ids or uses one for several
 * calls (decolua/9router#4091, openai/openai-node#1528): a result without an id belongs to the
 * first call that waits for one, or, if it names a function, to the first of that function.
 */
export class CallIds {
  readonly #waiting: Waiting[] = [];
  #made = 0;

  /** Returns the id of a call, and makes one if it has none. */
  called(given: unknown, name: string): string {
    const isGiven = typeof given === "string" && given !== "";
    const id = isGiven ? given : `call_acc_${this.#made}`;
    if (!isGiven) this.#made += 1;
    this.#waiting.push({ id, name });
    return id;
  }

  /** Returns the id of the call to which a result belongs; undefined if no call waits for it. */
  answered(given: unknown, name?: unknown): string | undefined {
    if (typeof given === "string" && given !== "") {
      this.#take(({ id }) => id === given);
      return given;
    }
    return this.#take((call) => typeof name !== "string" || call.name === name)?.id;
  }

  #take(isIt: (call: Waiting) => boolean): Waiting | undefined {
    const index = this.#waiting.findIndex(isIt);
    return index === -1 ? undefined : this.#waiting.splice(index, 1)[0];
  }
}
