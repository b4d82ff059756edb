import {
  type AnswerReader,
  CallIds,
  checkedInput,
  DualModeError,
  eventJson,
  type FinishReason,
  givenText,
  isMembers,
  type Members,
  mergeUsage,
  NewSources,
  type Part,
  Refused,
  type ServerSentEvent,
  type Usage,
  unreadable,
} from "@acc/dual-mode/provider";
import { toFinishReason } from "../finish-reason.ts";
import { toUsage } from "../usage.ts";
import { type Chunk, toChunk, who } from "./chunk.ts";
import { streamError } from "./error.ts";
import { toSignature } from "./signature.ts";
import { sourcesIn } from "./sources.ts";

const callInPieces =
  "a tool call in pieces, which are not put together: leave streamFunctionCallArguments out";
/** Milliseconds within which token counts may follow the finish reason. */
const afterReason = 2_000;

/** Reads the chunks of one answer, each as parsed JSON. */
class ChunkReader implements AnswerReader<unknown> {
  readonly #ids = new CallIds();
  readonly #sources = new NewSources();
  #seen = false;
  #started = false;
  #calls = 0;
  #ended: string | undefined;
  #blocked: string | undefined;
  #usage: Usage = {};

  get patience(): number | undefined {
    return this.#ended === undefined ? undefined : afterReason;
  }

  *read(sent: unknown): Generator<Part> {
    // If no event stream was requested, or a gateway does not send one, the chunks are in a list.
    for (const each of Array.isArray(sent) ? sent : [sent]) yield* this.#readChunk(each);
  }

  *end(): Generator<Part> {
    if (!this.#seen) throw new DualModeError("INVALID_OUTPUT", `${who} answered nothing.`);
    const reason = this.#reason();
    if (!this.#started) yield { type: "start" };
    if (Object.keys(this.#usage).length > 0) yield { type: "usage", usage: this.#usage };
    const vendorReason = this.#blocked ?? this.#ended;
    yield { type: "finish", reason, ...(vendorReason !== undefined && { vendorReason }) };
  }

  *#readChunk(sent: unknown): Generator<Part> {
    if (isMembers(sent) && sent.error) throw new Refused(streamError(sent));
    const chunk = toChunk(sent);
    this.#seen = true;
    yield* this.#begin(chunk);
    for (const part of chunk.parts) yield* this.#readPart(part);
    for (const source of sourcesIn(chunk.candidate)) yield* this.#sources.add(source);
    this.#usage = mergeUsage(this.#usage, toUsage(chunk.usage));
    // If there are two reasons, the one that is not a normal stop counts.
    if (this.#ended === undefined || this.#ended === "STOP") {
      this.#ended = chunk.finishReason ?? this.#ended;
    }
    if (chunk.blockReason !== undefined && this.#ended === undefined) {
      this.#ended = "SAFETY";
      this.#blocked = chunk.blockReason;
    }
  }

  *#begin({ model, id, parts }: Chunk): Generator<Part> {
    if (this.#started || (model === undefined && parts.length === 0)) return;
    this.#started = true;
    yield { type: "start", ...(model !== undefined && { model }), ...(id !== undefined && { id }) };
  }

  /**
   * Reads a part. Parts of another kind (data, code that Google ran) are not part of the answer's
   * text.
   */
  *#readPart({ text, thought, functionCall, thoughtSignature }: Members): Generator<Part> {
    if (functionCall !== undefined && functionCall !== null) {
      yield this.#toCall(functionCall, givenText(thoughtSignature));
    }
    if (text === undefined || text === null || text === "") return;
    if (typeof text !== "string") throw unreadable(who, "text that is not a string");
    yield { type: thought === true ? "reasoning" : "text", text };
  }

  /** Converts a call. Models before Gemini 3 give their calls no ids. */
  #toCall(call: unknown, thoughtSignature: string | undefined): Part {
    const { id, name: given, args, partialArgs, willContinue } = isMembers(call) ? call : {};
    if (partialArgs !== undefined || willContinue === true) throw unreadable(who, callInPieces);
    const name = givenText(given);
    if (name === undefined) throw unreadable(who, "a tool call without the tool's name");
    this.#calls += 1;
    const signature = thoughtSignature && { signature: toSignature(thoughtSignature) };
    const input = checkedInput(name, args);
    return { type: "tool-call", id: this.#ids.give(givenText(id)), name, input, ...signature };
  }

  #reason(): FinishReason {
    if (this.#ended !== undefined) return toFinishReason(this.#ended, this.#calls);
    throw new DualModeError("NETWORK", "Gemini's answer was cut in mid-stream.");
  }
}

/** Reads the events of a stream in the same way, as they arrive. */
export class ChunkEvents implements AnswerReader<ServerSentEvent> {
  readonly #chunks = new ChunkReader();

  get patience(): number | undefined {
    return this.#chunks.patience;
  }

  *read(event: ServerSentEvent): Generator<Part> {
    const sent = eventJson(event, who);
    if (sent !== undefined) yield* this.#chunks.read(sent);
  }

  end(): Generator<Part> {
    return this.#chunks.end();
  }
}
