import { DualModeError, type Part } from "@acc/dual-mode/provider";
import type Anthropic from "@anthropic-ai/sdk";
import type { VendorUsage } from "./usage.ts";

type Event = Anthropic.RawMessageStreamEvent;

/** Reads the events of one message, which the API streams and the CLI passes on. */
export class MessageReader {
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
        if (event.content_block.type === "tool_use") {
          this.#tool = { id: event.content_block.id, name: event.content_block.name, json: "" };
        }
        break;
      case "content_block_delta":
        yield* this.#add(event.delta);
        break;
      case "content_block_stop":
        yield* this.#endTool();
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

  *#add(delta: Anthropic.RawContentBlockDelta): Generator<Part> {
    if (delta.type === "text_delta" && delta.text) yield { type: "text", text: delta.text };
    if (delta.type === "thinking_delta" && delta.thinking) {
      yield { type: "reasoning", text: delta.thinking };
    }
    if (delta.type === "input_json_delta" && this.#tool) this.#tool.json += delta.partial_json;
  }

  *#endTool(): Generator<Part> {
    if (!this.#tool) return;
    const { id, name, json } = this.#tool;
    this.#tool = undefined;
    yield { type: "tool-call", id, name, input: parseInput(name, json) };
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
