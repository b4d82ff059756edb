import type { CanonicalMessage } from "../contract/canonical.ts";
import type { ToolCallContent } from "../contract/request.ts";
import { DualModeError } from "../error.ts";

type ToolMessage = Extract<CanonicalMessage, { role: "tool" }>;

/** A call, and the result that belongs to it. */
interface MadeCall {
  readonly call: ToolCallContent;
  readonly turn: Turn;
  /** The position of the call, for errors. */
  readonly at: string;
  result?: ToolMessage;
}

interface Turn {
  readonly message: CanonicalMessage;
  readonly at: string;
  readonly calls: MadeCall[];
}

/** A message, and its name in errors. */
export interface PlacedMessage {
  readonly message: CanonicalMessage;
  readonly at: string;
}

/**
 * Returns the messages with each result placed after the turn that called for it. A result belongs
 * to the latest call with its id that has none yet, so ids that start again with each turn can be
 * matched.
 *
 * @throws {@link DualModeError} `INVALID_REQUEST` for a result without a call, for a second result,
 * and if the history ends before a call's result
 */
export function pairedHistory(messages: readonly PlacedMessage[]): readonly CanonicalMessage[] {
  const paired = new PairedHistory();
  for (const { message, at } of messages) paired.add(message, at);
  return paired.messages();
}

class PairedHistory {
  readonly #turns: Turn[] = [];
  /** Calls by the caller's id. */
  readonly #calls = new Map<string, MadeCall[]>();
  readonly #ids = new Set<string>();

  add(message: CanonicalMessage, at: string): void {
    if (message.role === "tool") {
      this.#answer(message, at);
    } else {
      const turn: Turn = { message: this.#withUniqueIds(message), at, calls: [] };
      this.#turns.push(turn);
      if (message.role === "assistant") this.#note(turn, message);
    }
  }

  messages(): CanonicalMessage[] {
    const last = this.#turns.findLast(({ message }) => message.role !== "system");
    if (last?.message.role === "assistant") checkAnswered(last);
    return this.#turns.flatMap(({ message, calls }) => [
      message,
      ...calls.map(({ call, result = noResult }) => ({ ...result, toolCallId: call.id })),
    ]);
  }

  #withUniqueIds(message: Exclude<CanonicalMessage, ToolMessage>): typeof message {
    if (message.role !== "assistant") return message;
    const content = message.content.map((piece) =>
      piece.type === "tool-call" ? { ...piece, id: this.#uniqueId(piece.id) } : piece,
    );
    return { ...message, content };
  }

  /** The id depends only on what came before, so that a growing conversation keeps its ids. */
  #uniqueId(id: string): string {
    let unique = id || "call";
    for (let number = 2; unique === "" || this.#ids.has(unique); number++) {
      unique = `${id || "call"}_${number}`;
    }
    this.#ids.add(unique);
    return unique;
  }

  #note(turn: Turn, given: Extract<CanonicalMessage, { role: "assistant" }>): void {
    const { message } = turn;
    given.content.forEach((piece, index) => {
      const call = message.content[index];
      if (piece.type !== "tool-call" || call?.type !== "tool-call") return;
      const made = { call, turn, at: turn.at };
      turn.calls.push(made);
      const namesakes = this.#calls.get(piece.id);
      if (namesakes === undefined) this.#calls.set(piece.id, [made]);
      else namesakes.push(made);
    });
  }

  #answer(message: ToolMessage, at: string): void {
    const made = this.#calls.get(message.toolCallId) ?? [];
    const open = made.filter(({ result }) => result === undefined);
    const latest = open.at(-1)?.turn;
    const call = open.find(({ turn }) => turn === latest);
    if (call !== undefined) call.result = message;
    else if (made.length === 0) throw uncalled(message, at);
    else if (!made.some(({ result }) => JSON.stringify(result) === JSON.stringify(message))) {
      throw doubled(message, at);
    }
  }
}

/** The result that a vendor gets for a call without one, such as after an interruption. */
const noResult: ToolMessage = {
  role: "tool",
  toolCallId: "",
  content: [{ type: "text", text: "No result: the call was interrupted." }],
  isError: true,
};

function checkAnswered({ calls, at }: Turn): void {
  if (calls.length === 0 || calls.every(({ result }) => result === undefined)) {
    throw new DualModeError(
      "INVALID_REQUEST",
      `${at}.role: the last message must be the user's or a tool's.`,
    );
  }
  const open = calls.find(({ result }) => result === undefined);
  if (open === undefined) return;
  throw new DualModeError(
    "INVALID_REQUEST",
    `${at}: the call "${open.call.id}" of the tool "${open.call.name}" has no result.`,
    { fix: "Give a tool's message for each call of the turn." },
  );
}

function uncalled({ toolCallId }: ToolMessage, at: string): DualModeError {
  const said = `${at}.toolCallId: no message before it calls a tool with the id "${toolCallId}".`;
  return new DualModeError("INVALID_REQUEST", said, {
    fix: "Give the assistant's message with its tool calls before the tool's.",
  });
}

function doubled({ toolCallId }: ToolMessage, at: string): DualModeError {
  const said = `${at}: the call "${toolCallId}" already has a result.`;
  return new DualModeError("INVALID_REQUEST", said, { fix: "Give one result a call." });
}
