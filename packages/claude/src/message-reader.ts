import { DualModeError, type Part } from "@acc/dual-mode/provider";
import type Anthropic from "@anthropic-ai/sdk";
import { type Thought, toReasoning, toSignature } from "./thought.ts";
import type { VendorUsage } from "./usage.ts";

type Event = Anthropic.RawMessageStreamEvent;

/** Reads the events of one message, which the API streams and the CLI passes on. */
export class MessageReader {
  #thought: Thought | undefined;
  #thoughts: Thought[] = [];
  #tool: { id: string; name: string; json: string } | undefined;
  #state: "before" | "under way" | "ended" = "before";
  /** As last reported. */
  usage: VendorUsage = {};
  stopReason: string | null = null;

  get started(): boolean {
    return this.#state !== "before";
  }

  get ended(): boolean {
    return this.#state === "ended";
  }

  *read(event: Event): Generator<Part> {
    switch (event.type) {
      case "message_start":
        yield this.#begin(event.message);
        break;
      case "content_block_start":
        this.#open(event.content_block);
        break;
      case "content_block_delta":
        yield* this.#add(event.delta);
        break;
      case "content_block_stop":
        yield* this.#close();
        break;
      case "message_delta":
        this.stopReason = event.delta.stop_reason;
        this.usage = { ...this.usage, ...dropNulls(event.usage ?? {}) };
        break;
      case "message_stop":
        this.#state = "ended";
        break;
    }
  }

  /** A second beginning is a request made again under way; what was passed on cannot be taken back. */
  #begin({ model, id, usage }: Anthropic.Message): Part {
    if (this.started) {
      throw new DualModeError("NETWORK", "Claude's answer was cut in mid-stream and began again.");
    }
    this.#state = "under way";
    this.usage = { ...usage };
    return { type: "start", model, id };
  }

  #open(block: Anthropic.ContentBlock): void {
    if (block.type === "tool_use") this.#tool = { id: block.id, name: block.name, json: "" };
    if (block.type === "redacted_thinking") this.#thought = { ...block };
    if (block.type === "thinking") this.#thought = { ...block, thinking: "", signature: "" };
  }

  *#add(delta: Anthropic.RawContentBlockDelta): Generator<Part> {
    if (delta.type === "text_delta" && delta.text) yield { type: "text", text: delta.text };
    const thought = this.#thought;
    if (delta.type === "signature_delta" && thought?.type === "thinking") {
      thought.signature += delta.signature;
    }
    if (delta.type === "thinking_delta" && delta.thinking) {
      if (thought?.type === "thinking") thought.thinking += delta.thinking;
      yield { type: "reasoning", text: delta.thinking };
    }
    if (delta.type === "input_json_delta" && this.#tool) this.#tool.json += delta.partial_json;
  }

  *#close(): Generator<Part> {
    if (this.#thought) {
      this.#thoughts.push(this.#thought);
      yield toReasoning(this.#thought);
    }
    this.#thought = undefined;
    if (!this.#tool) return;
    const { id, name, json } = this.#tool;
    const signature = toSignature(this.#thoughts);
    this.#tool = undefined;
    this.#thoughts = [];
    yield { type: "tool-call", id, name, input: parseInput(name, json), ...signature };
  }
}

function parseInput(name: string, json: string): unknown {
  if (json === "") return {};
  try {
    return JSON.parse(json);
  } catch (cause) {
    const message = `Claude called the tool "${name}" with arguments that are not JSON.`;
    throw new DualModeError("INVALID_OUTPUT", message, { cause });
  }
}

function dropNulls(usage: VendorUsage): VendorUsage {
  return Object.fromEntries(Object.entries(usage).filter(([, value]) => value !== null));
}
