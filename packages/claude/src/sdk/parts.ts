import {
  type AnswerReader,
  DualModeError,
  eventJson,
  givenText,
  isMembers,
  type Members,
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

/** Reads the events of one message. Ends with an error where the message did not end. */
export class MessageEvents implements AnswerReader<ServerSentEvent> {
  readonly #message: MessageReader;

  /** @param model The one that was asked. */
  constructor(model: string) {
    this.#message = new MessageReader(model);
  }

  get patience(): number | undefined {
    if (this.#message.ended) return 50;
    return this.#message.stopReason === null ? undefined : 2_000;
  }

  *read(sent: ServerSentEvent): Generator<Part> {
    const event = this.#message.ended ? undefined : eventJson(sent, who);
    if (event === undefined) return;
    if (!isMembers(event)) throw unreadable(who, "an event that is no object");
    // Gateways leave the names of events out, or the types in their data.
    const type = givenText(event.type) ?? sent.event;
    if (type === "error" || isMembers(event.error)) throw new Refused(streamError(event));
    if (type === "message") yield* this.#readWhole(event);
    else yield* this.#message.read(event.type === type ? event : { ...event, type });
  }

  *end(): Generator<Part> {
    const message = this.#message;
    if (!message.started) throw new DualModeError("INVALID_OUTPUT", `${who} answered nothing.`);
    if (!message.ended && message.stopReason === null) {
      throw new DualModeError("NETWORK", "Claude's answer was cut in mid-stream.");
    }
    yield* message.finish();
    yield { type: "usage", usage: toUsage(message.usage) };
    yield toFinish(toFinishReason(message.stopReason, message.calls), message.stopReason);
  }

  /** A server that does not stream sends the message itself. */
  *#readWhole(message: Members): Generator<Part> {
    for (const event of wholeMessage(message)) yield* this.#message.read(event);
  }
}
