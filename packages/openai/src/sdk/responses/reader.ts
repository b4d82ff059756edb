import {
  type AnswerReader,
  DualModeError,
  eventJson,
  type FinishReason,
  givenText,
  isMembers,
  type Limits,
  type Members,
  type Part,
  Refused,
  rateLimits,
  type ServerSentEvent,
  unreadable,
} from "@acc/dual-mode/provider";
import { toUsage } from "../../usage.ts";
import { streamError } from "../error.ts";
import { OutputItems } from "./output-items.ts";

const who = "OpenAI's API";
/** Milliseconds for which the connection is still read after the answer has ended. */
const readOut = 50;

/** Reads the events of one response, and throws if the response did not end. */
export class ResponseReader implements AnswerReader<ServerSentEvent> {
  readonly #items: OutputItems;
  readonly #limits: Limits | undefined;
  #started = false;
  #ended: Members | undefined;

  /**
   * @param model The requested model.
   * @param headers The headers of the answer, which contain the rate limits.
   */
  constructor(model: string, headers: Headers) {
    this.#items = new OutputItems(model);
    this.#limits = rateLimits(headers);
  }

  get patience(): number | undefined {
    return this.#ended === undefined ? undefined : readOut;
  }

  *read(sent: ServerSentEvent): Generator<Part> {
    const event = this.#ended === undefined ? eventJson(sent, who) : undefined;
    if (event === undefined) return;
    if (!isMembers(event)) throw unreadable(who, "an event that is not an object");
    const type = givenText(event.type) ?? sent.event;
    if (type === "error" || isMembers(event.error)) throw new Refused(streamError(event));
    // A server that does not stream sends the whole response.
    if (event.object === "response") yield* this.#end(event);
    else if (isMembers(event.response)) yield* this.#tell(type, event.response);
    else yield* this.#pass(type, event);
  }

  *end(): Generator<Part> {
    const response = this.#ended;
    if (response === undefined) {
      const nothing = new DualModeError("INVALID_OUTPUT", `${who} answered nothing.`);
      throw this.#started
        ? new DualModeError("NETWORK", `${who} was cut off in mid-stream.`)
        : nothing;
    }
    const reason = this.#reason(response);
    yield* this.#items.end(reason === "length");
    const usage = toUsage(response.usage);
    if (Object.keys(usage).length > 0) yield { type: "usage", usage };
    yield { type: "finish", reason, vendorReason: vendorReason(response) };
  }

  /** Servers in front of a model may leave out the start of a response. */
  *#pass(type: string | undefined, event: Members): Generator<Part> {
    for (const part of this.#items.read(type, event)) {
      yield* this.#start({});
      yield part;
    }
  }

  *#tell(type: string | undefined, response: Members): Generator<Part> {
    if (type === "response.failed") throw new Refused(streamError(response));
    yield* this.#start(response);
    if (type === "response.completed" || type === "response.incomplete") yield* this.#end(response);
  }

  *#end(response: Members): Generator<Part> {
    if (isMembers(response.error) || response.status === "failed") {
      throw new Refused(streamError(response));
    }
    yield* this.#start(response);
    yield* this.#items.sumUp(response.output);
    this.#ended = response;
  }

  *#start(response: Members): Generator<Part> {
    if (this.#started) return;
    this.#started = true;
    const model = givenText(response.model);
    const id = givenText(response.id);
    yield { type: "start", ...(model && { model }), ...(id && { id }) };
    if (this.#limits !== undefined) yield { type: "limits", limits: this.#limits };
  }

  #reason(response: Members): FinishReason {
    const why = vendorReason(response);
    if (this.#items.refused || why === "content_filter") return "content-filter";
    if (why === "max_output_tokens") return "length";
    if (why !== "completed") return "other";
    return this.#items.calls > 0 ? "tool-calls" : "stop";
  }
}

function vendorReason({ status, incomplete_details }: Members): string {
  const details = isMembers(incomplete_details) ? incomplete_details : {};
  return givenText(details.reason) ?? givenText(status) ?? "completed";
}
