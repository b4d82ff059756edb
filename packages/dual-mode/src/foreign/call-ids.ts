import { newCallId } from "../history/new-call-id.ts";

/** The ids of an answer's tool calls: the vendor's own, and where it gives none, or one twice, others. */
export class CallIds {
  readonly #given = new Set<string>();

  /** An id that no other call of the answer has. */
  give(id: string | undefined): string {
    const unique = id === undefined || this.#given.has(id) ? newCallId() : id;
    this.#given.add(unique);
    return unique;
  }
}
