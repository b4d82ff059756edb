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

/** A vendor that streams chat completions. */
export interface ChatVendor {
  /** The vendor as the subject of a sentence: "Example's API". */
  readonly who: string;
  /** Returns the usage of a chunk, if it is not in the chunk's `usage`. */
  usage?(chunk: Members): unknown;
  /** Returns the error of a chunk, if it is not in the chunk's `error`. */
  error?(chunk: Members): unknown;
  /**
   * Returns the error for an event that reports one, from the event's JSON or from what `error`
   * returned.
   */
  failure(told: unknown): Promise<Error>;
}

/**
 * Converts the events of one answer into parts. Throws if the answer did not end.
 *
 * @param headers The headers of the answer, from which limits are read.
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
  /** The kinds of content that have arrived so far. */
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

  /**
   * A first chunk may have no model and no choices, such as Azure's result of filtering the prompt.
   */
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

/** The kinds of content that a choice can have. */
type Said = "text" | "reasoning" | "refusal" | "calls";
const kinds: readonly Said[] = ["text", "reasoning", "refusal", "calls"];

/**
 * Returns what is new in a choice: all of a piece, but of a repeated whole message only the kinds
 * that had not arrived before.
 */
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
