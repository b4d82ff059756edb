import {
  type AnswerReader,
  DualModeError,
  eventJson,
  givenText,
  isMembers,
  type Part,
  Refused,
  type ServerSentEvent,
  unreadable,
} from "@acc/dual-mode/provider";
import { toFinish, toFinishReason } from "../finish-reason.ts";
import { MessageReader } from "../message-reader.ts";
import { toUsage } from "../usage.ts";
import { streamError } from "./error.ts";
import { wholeMessage } from "./whole-message.ts";

const who = "Claude's API";

/** Reads the events of one message, and throws if the message did not end. */
export class MessageEvents implements AnswerReader<ServerSentEvent> {
  readonly #message: MessageReader;
  readonly #told: readonly Part[];

  /**
   * @param model The requested model.
   * @param told More parts of the answer, which are yielded after its start.
   */
  constructor(model: string, told: readonly Part[] = []) {
    this.#message = new MessageReader(model);
    this.#told = told;
  }

  get patience(): number | undefined {
    if (this.#message.ended) return 50;
    return this.#message.stopReason === null ? undefined : 2_000;
  }

  read(sent: ServerSentEvent): Iterable<Part> {
    const event = this.#message.ended ? undefined : eventJson(sent, who);
    if (event === undefined) return [];
    if (!isMembers(event)) throw unreadable(who, "an event that is not an object");
    // Gateways leave out the names of events, or the types in their data.
    const type = givenText(event.type) ?? sent.event;
    if (type === "error" || isMembers(event.error)) throw new Refused(streamError(event));
    // A server that does not stream sends the whole message.
    if (type === "message") return this.#readAll(wholeMessage(event));
    const typed = event.type === type ? event : { ...event, type };
    return this.#message.started ? this.#message.read(typed) : this.#readAll([typed]);
  }

  *end(): Generator<Part> {
    const message = this.#message;
    if (!message.started) throw new DualModeError("INVALID_OUTPUT", `${who} answered nothing.`);
    if (!message.ended && message.stopReason === null) {
      throw new DualModeError("NETWORK", "Claude's answer was cut in mid-stream.");
    }
    yield* message.finish();
    yield { type: "usage", usage: toUsage(message.usage) };
    const reason = toFinishReason(message.stopReason, message.calls);
    yield toFinish(reason, message.stopReason, message.stopSequence);
  }

  *#readAll(events: Iterable<object>): Generator<Part> {
    for (const event of events) {
      for (const part of this.#message.read(event)) {
        yield part;
        if (part.type === "start") yield* this.#told;
      }
    }
  }
}
