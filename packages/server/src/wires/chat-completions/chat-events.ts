import type { Part, Usage } from "@acc/dual-mode";
import { openaiError } from "../openai/error-body.ts";
import type { Failure, Made, WireEvents } from "../wire.ts";
import { chatFinish, chatUsage, citation, customCall } from "./chat-answer.ts";
import { withSignature } from "./read-calls.ts";

/** What all chunks of an answer have in common. */
export interface ChatStream extends Made {
  /** The model to report if the answer names none. */
  readonly asked: string;
  readonly withUsage: boolean;
  /** Names of the tools that take free text. */
  readonly custom: ReadonlySet<string>;
}

type CallPart = Extract<Part, { type: "tool-call" }>;
type InputPart = Extract<Part, { type: "tool-input" }>;

/** A tool call that is being written. */
interface OpenCall {
  readonly index: number;
  /** Whether any part of its arguments has been sent. */
  told: boolean;
}

/** Writes the parts of an answer as chunks: only `data:` lines, and `[DONE]` after the last. */
export class ChatEvents implements WireEvents {
  readonly #stream: ChatStream;
  readonly #calls = new Map<string, OpenCall>();
  #model: string;
  #head: string | undefined;
  #usage: Usage | undefined;
  /** Only the first delta contains the role. */
  #role = '"role":"assistant",';

  constructor(stream: ChatStream) {
    this.#stream = stream;
    this.#model = stream.asked;
  }

  part(part: Part): string {
    switch (part.type) {
      case "start":
        if (part.model !== undefined) this.#model = part.model;
        return "";
      case "text":
        return this.#delta(`"content":${JSON.stringify(part.text)}`);
      case "reasoning":
        if (part.text === "") return "";
        return this.#delta(`"reasoning_content":${JSON.stringify(part.text)}`);
      case "tool-input":
        return this.#input(part);
      case "tool-call":
        return this.#call(part);
      case "source":
        return this.#cite(part);
      case "usage":
        this.#usage = { ...this.#usage, ...part.usage };
        return "";
      case "finish":
        return this.#finish(chatFinish(part.reason));
      default:
        return "";
    }
  }

  end(): string {
    const counted = JSON.stringify(chatUsage(this.#usage ?? {}));
    const usage = this.#stream.withUsage ? `${this.#begin()}],"usage":${counted}}\n\n` : "";
    return `${usage}data: [DONE]\n\n`;
  }

  fail(failure: Failure): string {
    return `data: ${JSON.stringify({ error: openaiError(failure) })}\n\n`;
  }

  /**
   * Writes a piece of a call's arguments; the first piece brings the tool's name. The input of a
   * custom tool arrives as pieces of JSON but is sent as text, so it is sent as a whole by `#call`.
   */
  #input({ id, name, text }: InputPart): string {
    if (this.#stream.custom.has(name)) return "";
    const known = this.#calls.get(id);
    const call = known ?? this.#open(id);
    if (text.trim() !== "") call.told = true;
    const written = { index: call.index, function: { arguments: text } };
    if (known !== undefined) return this.#toolCall(written);
    return this.#toolCall({ index: call.index, ...named(id, name, text) });
  }

  /** Writes a whole call, without the arguments that were already sent in pieces. */
  #call(part: CallPart): string {
    const { id, name, input, signature } = part;
    if (this.#stream.custom.has(name)) {
      const { index } = this.#open(id);
      return this.#toolCall({ index, ...customCall(part), ...withSignature(signature) });
    }
    const known = this.#calls.get(id);
    const { index, told } = known ?? this.#open(id);
    const rest = told ? "" : JSON.stringify(input ?? {});
    const extra = withSignature(signature);
    if (known === undefined) return this.#toolCall({ index, ...named(id, name, rest), ...extra });
    if (rest === "" && signature === undefined) return "";
    return this.#toolCall({ index, function: { arguments: rest }, ...extra });
  }

  #open(id: string): OpenCall {
    const call = { index: this.#calls.size, told: false };
    this.#calls.set(id, call);
    return call;
  }

  #toolCall(call: object): string {
    const empty = this.#role === "" ? "" : '"content":null,';
    return this.#delta(`${empty}"tool_calls":[${JSON.stringify(call)}]`);
  }

  #cite({ source }: Extract<Part, { type: "source" }>): string {
    const cited = citation(source);
    return cited.length === 0 ? "" : this.#delta(`"annotations":${JSON.stringify(cited)}`);
  }

  #delta(members: string): string {
    const role = this.#role;
    this.#role = "";
    return this.#chunk(`{${role}${members}}`, "null");
  }

  #finish(reason: string): string {
    const delta = this.#role === "" ? "{}" : '{"role":"assistant","content":""}';
    this.#role = "";
    return this.#chunk(delta, `"${reason}"`);
  }

  #chunk(delta: string, reason: string): string {
    const usage = this.#stream.withUsage ? ',"usage":null' : "";
    const choice = `{"index":0,"delta":${delta},"logprobs":null,"finish_reason":${reason}}`;
    return `${this.#begin()}${choice}]${usage}}\n\n`;
  }

  /** The beginning of each chunk, up to its choices. */
  #begin(): string {
    const { id, created } = this.#stream;
    this.#head ??= `data: ${JSON.stringify({
      id: `chatcmpl-${id}`,
      object: "chat.completion.chunk",
      created,
      model: this.#model,
    }).slice(0, -1)},"choices":[`;
    return this.#head;
  }
}

function named(id: string, name: string, text: string): object {
  return { id, type: "function", function: { name, arguments: text } };
}
