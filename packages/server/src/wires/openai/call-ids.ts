/** A call that waits for its result. */
interface Waiting {
  readonly id: string;
  readonly name: string;
}

/**
 * Which result is of which call, also where a program leaves out their ids, or has one for several
 * (decolua/9router#4091, openai/openai-node#1528): a result without an id is of the first call that
 * waits for one, and of that function where it names one.
 */
export class CallIds {
  readonly #waiting: Waiting[] = [];
  #made = 0;

  /** The id of a call. */
  called(given: unknown, name: string): string {
    const isGiven = typeof given === "string" && given !== "";
    const id = isGiven ? given : `call_acc_${this.#made}`;
    if (!isGiven) this.#made += 1;
    this.#waiting.push({ id, name });
    return id;
  }

  /** The id of the call that a result is of; undefined where no call waits for it. */
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
