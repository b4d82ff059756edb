import type { Message } from "@acc/dual-mode";

/** The messages up to the end of a turn. */
interface KnownTurn {
  readonly id: string;
  readonly said: readonly string[];
}

/** The turns of one conversation that this process knows, with the messages up to each. */
export class KnownTurns {
  readonly #turns: KnownTurn[] = [];

  add(id: string, messages: readonly Message[]): void {
    this.#turns.push({ id, said: messages.map(wordsOf) });
  }

  /** Finds the turn that a question continues, and the messages that are new. */
  before(messages: readonly Message[]): {
    readonly after?: string;
    readonly fresh: readonly Message[];
  } {
    const said = messages.map(wordsOf);
    const begins = ({ said: known }: KnownTurn) =>
      known.length < said.length && known.every((words, index) => words === said[index]);
    const found = this.#turns
      .filter(begins)
      .reduce<KnownTurn | undefined>(
        (best, each) => (best && best.said.length > each.said.length ? best : each),
        undefined,
      );
    return found
      ? { after: found.id, fresh: messages.slice(found.said.length) }
      : { fresh: messages };
  }
}

/**
 * The text by which messages are compared: the same for an answer with all its parts and for its
 * text alone.
 */
function wordsOf(message: Message): string {
  const { role, content } = message;
  const pieces = typeof content === "string" ? [{ type: "text", text: content }] : content;
  const said = role === "assistant" ? pieces.filter(({ type }) => type === "text") : pieces;
  if (said.some(({ type }) => type !== "text")) return JSON.stringify([role, said]);
  return `${role} ${said.map((piece) => ("text" in piece ? piece.text : "")).join("")}`;
}
