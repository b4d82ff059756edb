import type Anthropic from "@anthropic-ai/sdk";
import { objectOf } from "./result.ts";
import type { ToolNames } from "./tool-names.ts";

type Event = Anthropic.RawMessageStreamEvent;

/**
 * Reads the events of an answer with a schema. The CLI makes the model answer with a tool call,
 * whose input becomes the text of the answer here. The caller's own tools are called as usual;
 * other text of the model is left out.
 */
export class StructuredEvents {
  readonly #tools: ToolNames;
  /** The indexes of blocks that call the caller's tools. */
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
