import { newCallId } from "../history/new-call-id.ts";

/**
 * Assigns the ids of an answer's tool calls: the vendor's own, or a new one if it sends none or
 * repeats one.
 */
export class CallIds {
  readonly #given = new Set<string>();

  /** Returns an id that no other call of the answer has. */
  give(id: string | undefined): string {
    const unique = id === undefined || this.#given.has(id) ? newCallId() : id;
    this.#given.add(unique);
    return unique;
  }
}
