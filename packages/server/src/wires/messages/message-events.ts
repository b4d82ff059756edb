import type { Part, Usage } from "@acc/dual-mode";
import type { Failure, WireEvents } from "../wire.ts";
import { messageUsage, stopOf } from "./message-answer.ts";
import { messageError } from "./message-error.ts";
import { toSignature } from "./signature.ts";

/** What the events of one answer need. */
export interface MessageStream {
  readonly id: string;
  /** The model to report if the answer names none. */
  readonly asked: string;
  readonly withThoughts: boolean;
  readonly inputTokens?: (() => number) | undefined;
}

/** The content block that is being written. */
interface OpenBlock {
  readonly kind: "text" | "thinking" | "tool_use";
  /** The id of a tool call. */
  readonly id?: string;
  /** Whether arguments, or a thought's signature, have been sent. */
  told: boolean;
}

type CallPart = Extract<Part, { type: "tool-call" }>;
type InputPart = Extract<Part, { type: "tool-input" }>;
type ThoughtPart = Extract<Part, { type: "reasoning" }>;

/**
 * Writes the parts of an answer as the events of Anthropic's messages, one content block after the
 * other.
 */
export class MessageEvents implements WireEvents {
  readonly #stream: MessageStream;
  #model: string;
  #isBegun = false;
  #block: OpenBlock | undefined;
  #index = -1;
  #usage: Usage = {};
  #stop = stopOf({ reason: "stop" });
  /** Ids of the calls whose blocks have been started. */
  readonly #told = new Set<string>();
  /** Ids of the calls of which a piece was left out: they are written once they are whole. */
  readonly #passed = new Set<string>();
  /** Text and thoughts that arrived while a call was being written: blocks must not overlap. */
  #held: Part[] = [];

  constructor(stream: MessageStream) {
    this.#stream = stream;
    this.#model = stream.asked;
  }

  part(part: Part): string {
    const isSaid = part.type === "text" || part.type === "reasoning";
    if (!isSaid || this.#block?.kind !== "tool_use") return this.#tell(part);
    this.#held.push(part);
    return "";
  }

  #tell(part: Part): string {
    switch (part.type) {
      case "start":
        if (part.model !== undefined) this.#model = part.model;
        return "";
      case "text":
        if (part.text === "") return "";
        return `${this.#open("text")}${this.#delta({ type: "text_delta", text: part.text })}`;
      case "reasoning":
        return this.#stream.withThoughts ? this.#thought(part) : "";
      case "tool-input":
        return this.#input(part);
      case "tool-call":
        return this.#call(part);
      case "usage":
        this.#usage = { ...this.#usage, ...part.usage };
        return "";
      case "finish":
        this.#stop = stopOf(part);
        return `${this.#begin()}${this.#close()}${this.#release()}${this.#close()}`;
      default:
        return "";
    }
  }

  end(): string {
    const delta = this.#stop;
    const usage = messageUsage(this.#usage);
    return (
      event("message_delta", { type: "message_delta", delta, usage }) +
      event("message_stop", { type: "message_stop" })
    );
  }

  fail(failure: Failure): string {
    return event("error", { type: "error", ...messageError(failure) });
  }

  /** Writes what was held back while a call was being written. */
  #release(): string {
    const held = this.#held;
    this.#held = [];
    return held.map((part) => this.#tell(part)).join("");
  }

  #thought({ text, signature }: ThoughtPart): string {
    const opened = this.#open("thinking");
    const said = text === "" ? "" : this.#delta({ type: "thinking_delta", thinking: text });
    return `${opened}${said}${signature === undefined ? "" : this.#sign(signature)}`;
  }

  /** Signs and ends a thought. */
  #sign(signature: string): string {
    const signed = this.#delta({ type: "signature_delta", signature });
    if (this.#block !== undefined) this.#block.told = true;
    return `${signed}${this.#close()}`;
  }

  /**
   * Writes a piece of a call's arguments. Blocks must not overlap, so pieces of a second call at
   * the same time are left out.
   */
  #input({ id, name, text }: InputPart): string {
    const isOpen = this.#block?.id === id;
    const isPassed = this.#told.has(id) || this.#passed.has(id);
    if (!isOpen && (isPassed || this.#block?.kind === "tool_use")) {
      this.#passed.add(id);
      return "";
    }
    const opened = isOpen ? "" : this.#openCall(id, name);
    if (text === "") return opened;
    if (text.trim() !== "" && this.#block !== undefined) this.#block.told = true;
    return `${opened}${this.#delta({ type: "input_json_delta", partial_json: text })}`;
  }

  /** Writes a whole call, without the arguments that were already sent in pieces. */
  #call({ id, name, input }: CallPart): string {
    if (this.#told.has(id) && this.#block?.id !== id) return "";
    const opened = this.#block?.id === id ? "" : this.#openCall(id, name);
    const rest = this.#block?.told
      ? ""
      : this.#delta({ type: "input_json_delta", partial_json: JSON.stringify(input ?? {}) });
    return `${opened}${rest}${this.#close()}${this.#release()}`;
  }

  #openCall(id: string, name: string): string {
    this.#told.add(id);
    const block = { type: "tool_use", id, name, input: {} };
    return this.#start({ kind: "tool_use", id, told: false }, block);
  }

  #open(kind: "text" | "thinking"): string {
    if (this.#block?.kind === kind) return "";
    const empty =
      kind === "text"
        ? { type: "text", text: "" }
        : { type: "thinking", thinking: "", signature: "" };
    return this.#start({ kind, told: false }, empty);
  }

  #start(block: OpenBlock, content_block: object): string {
    const before = `${this.#begin()}${this.#close()}`;
    this.#block = block;
    this.#index += 1;
    const started = { type: "content_block_start", index: this.#index, content_block };
    return `${before}${event("content_block_start", started)}`;
  }

  #delta(delta: object): string {
    return event("content_block_delta", { type: "content_block_delta", index: this.#index, delta });
  }

  /** Ends the open block; a thought never ends without a signature. */
  #close(): string {
    const block = this.#block;
    if (block === undefined) return "";
    const signature = toSignature(undefined);
    const isUnsigned = block.kind === "thinking" && !block.told;
    const signed = isUnsigned ? this.#delta({ type: "signature_delta", signature }) : "";
    this.#block = undefined;
    const stop = { type: "content_block_stop", index: this.#index };
    return `${signed}${event("content_block_stop", stop)}`;
  }

  #begin(): string {
    if (this.#isBegun) return "";
    this.#isBegun = true;
    // Claude Code takes this number for the size of its conversation
    // (router-for-me/CLIProxyAPI#1700).
    const estimate = this.#usage.inputTokens ?? this.#stream.inputTokens?.();
    if (estimate !== undefined) this.#usage = { ...this.#usage, inputTokens: estimate };
    const message = {
      id: `msg_${this.#stream.id}`,
      type: "message",
      role: "assistant",
      model: this.#model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: messageUsage(this.#usage),
    };
    return event("message_start", { type: "message_start", message });
  }
}

function event(name: string, data: object): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
