import type { FinishReason, Limits, Part, Usage } from "../contract/part.ts";
import { DualModeError } from "../error.ts";
import type { AtHandIterator } from "../foreign/at-hand.ts";
import { isMembers, type Members } from "../foreign/guards.ts";
import { mergeUsage } from "../foreign/merge-usage.ts";
import { NewSources } from "../foreign/new-sources.ts";
import { type AnswerReader, readAnswer } from "../foreign/read-answer.ts";
import { Refused } from "../foreign/refused.ts";
import { unreadable } from "../foreign/unreadable.ts";
import { eventJson, isDone } from "../http/event-json.ts";
import type { ServerSentEvent } from "../http/event-lines.ts";
import { rateLimits } from "../http/rate-limits.ts";
import { ChatCalls } from "./chat-calls.ts";
import { type ChatCallDelta, type ChatChoice, type ChatChunk, toChatChunk } from "./chat-chunk.ts";
import { ChatEnd } from "./chat-end.ts";
import { isError, tellsError } from "./chat-error.ts";
import { toChatUsage } from "./chat-usage.ts";

/** Who streams chat completions. */
export interface ChatVendor {
  /** As the subject of a sentence: "Example's API". */
  readonly who: string;
  /** What it counts in a chunk, where that is not in the chunk's `usage`. */
  usage?(chunk: Members): unknown;
  /** What it says of an error in a chunk, where that is not in the chunk's `error`. */
  error?(chunk: Members): unknown;
  /** What an event means that tells an error, from the event's JSON, or from what `error` gave. */
  failure(told: unknown): Promise<Error>;
}

/**
 * The events of one answer as parts. Ends with an error where the answer did not end.
 * @param headers Of the answer: what they say of limits.
 */
export function toChatParts(
  events: AsyncIterable<ServerSentEvent>,
  vendor: ChatVendor,
  headers?: Headers,
): AtHandIterator<Part> {
  return readAnswer(events, new ChatReader(vendor, headers && rateLimits(headers)));
}

/** Reads the events of one answer. */
class ChatReader implements AnswerReader<ServerSentEvent> {
  readonly #vendor: ChatVendor;
  readonly #limits: Limits | undefined;
  readonly #calls: ChatCalls;
  readonly #sources = new NewSources();
  readonly #end = new ChatEnd();
  #seen = false;
  #started = false;
  /** What of the answer came so far. */
  readonly #said = new Set<Said>();
  #usage: Usage = {};

  constructor(vendor: ChatVendor, limits: Limits | undefined) {
    this.#vendor = vendor;
    this.#limits = limits;
    this.#calls = new ChatCalls(vendor.who);
  }

  get patience(): number | undefined {
    return this.#end.patience;
  }

  *read(event: ServerSentEvent): Generator<Part> {
    if (isDone(event)) this.#end.done();
    if (this.#end.isDone) return;
    const sent = eventJson(event, this.#vendor.who);
    if (sent === undefined) return;
    const told = this.#toldError(sent, event);
    if (told !== undefined) throw new Refused(this.#vendor.failure(told));
    this.#seen = true;
    const chunk = toChatChunk(sent, this.#vendor.who);
    yield* this.#begin(chunk);
    const counted = chunk.usage ?? this.#vendor.usage?.(sent as Members);
    if (counted) this.#usage = mergeUsage(this.#usage, toChatUsage(counted));
    const fresh = chunk.choices.map((choice) => news(choice, this.#said));
    for (const choice of fresh) yield* this.#say(choice);
    for (const source of chunk.sources) yield* this.#sources.add(source);
  }

  *end(): Generator<Part> {
    const { who } = this.#vendor;
    if (!this.#seen) throw new DualModeError("INVALID_OUTPUT", `${who} answered nothing.`);
    const reason = this.#reason();
    if (!this.#started) yield* this.#start({});
    yield* this.#calls.whole(reason === "length");
    if (Object.keys(this.#usage).length > 0) yield { type: "usage", usage: this.#usage };
    const { said, met } = this.#end;
    yield {
      type: "finish",
      reason,
      ...(said !== undefined && { vendorReason: said }),
      ...(met !== undefined && { stopSequence: met }),
    };
  }

  /** A first chunk may name nothing (Azure's tells what its filter thinks of the prompt). */
  *#begin(chunk: ChatChunk): Generator<Part> {
    if (this.#started || (chunk.model === undefined && chunk.choices.length === 0)) return;
    this.#started = true;
    yield* this.#start(chunk);
  }

  *#start({ model, id }: Pick<ChatChunk, "model" | "id">): Generator<Part> {
    yield { type: "start", ...(model !== undefined && { model }), ...(id !== undefined && { id }) };
    if (this.#limits !== undefined) yield { type: "limits", limits: this.#limits };
  }

  *#say(choice: ChatChoice): Generator<Part> {
    const { text, reasoning, refusal, calls, sources, finishReason } = choice;
    for (const kind of kinds) if (choice[kind].length > 0) this.#said.add(kind);
    if (reasoning !== "") yield { type: "reasoning", text: reasoning };
    for (const said of [text, refusal]) if (said !== "") yield { type: "text", text: said };
    yield* this.#call(calls);
    for (const source of sources) yield* this.#sources.add(source);
    if (refusal !== "") this.#end.refused();
    if (finishReason !== undefined) this.#end.says(finishReason, choice.stopSequence);
  }

  *#call(calls: readonly ChatCallDelta[]): Generator<Part> {
    for (const delta of calls) {
      const shown = this.#calls.add(delta);
      if (shown !== undefined) yield shown;
    }
  }

  #toldError(sent: unknown, event: ServerSentEvent): unknown {
    if (tellsError(sent, event)) return sent;
    const told = isMembers(sent) ? this.#vendor.error?.(sent) : undefined;
    return isError(told) ? told : undefined;
  }

  #reason(): FinishReason {
    const reason = this.#end.reason(this.#calls.size);
    const { who } = this.#vendor;
    if (reason === "failed") throw unreadable(who, "an answer that it says has failed");
    if (reason !== undefined) return reason;
    throw new DualModeError("NETWORK", `${who} was cut off in mid-stream.`);
  }
}

/** What a choice can hold of an answer. */
type Said = "text" | "reasoning" | "refusal" | "calls";
const kinds: readonly Said[] = ["text", "reasoning", "refusal", "calls"];

/** Of a message that sums up, what did not come before in pieces; of a piece all. */
function news(choice: ChatChoice, before: ReadonlySet<Said>): ChatChoice {
  if (!choice.isWhole || before.size === 0) return choice;
  const { text, reasoning, refusal, calls } = choice;
  return {
    ...choice,
    text: before.has("text") ? "" : text,
    reasoning: before.has("reasoning") ? "" : reasoning,
    refusal: before.has("refusal") ? "" : refusal,
    calls: before.has("calls") ? [] : calls,
  };
}
