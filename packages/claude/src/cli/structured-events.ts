import type Anthropic from "@anthropic-ai/sdk";
import { objectOf } from "./result.ts";
import type { ToolNames } from "./tool-names.ts";

type Event = Anthropic.RawMessageStreamEvent;

/**
 * With a schema the CLI has the model answer by calling a tool, whose input is the answer: here it
 * is the text. The caller's own tools are called as ever; what the model says besides is left out.
 */
export class StructuredEvents {
  readonly #tools: ToolNames;
  /** The blocks that are calls of the caller's tools. */
  readonly #calls = new Set<number>();

  constructor(tools: ToolNames) {
    this.#tools = tools;
  }

  read(event: Event): Event | undefined {
    if (event.type === "content_block_start") {
      const { name } = objectOf(event.content_block);
      if (typeof name !== "string" || !this.#tools.all.includes(name)) return undefined;
      this.#calls.add(event.index);
    }
    if (event.type !== "content_block_delta" || this.#calls.has(event.index)) return event;
    const { delta } = event;
    if (delta.type === "text_delta") return undefined;
    if (delta.type !== "input_json_delta") return event;
    return { ...event, delta: { type: "text_delta", text: delta.partial_json } };
  }
}
