import type { Source } from "@acc/dual-mode";
import { customInput } from "../openai/tool-kinds.ts";
import type { EventWriter } from "./event-writer.ts";
import {
  callItem,
  type ItemStatus,
  messageItem,
  outputText,
  reasoningItem,
} from "./output-item.ts";
import type { ToolName } from "./tool-names.ts";

/** The place of an item in a response. */
interface Place {
  readonly writer: EventWriter;
  readonly index: number;
  /** Without the prefix of the item's kind. */
  readonly id: string;
}

/** An item of an answer that is being written. */
export interface OpenItem {
  /** Writes the events that open the item. */
  opened(): string;
  /** Writes the events that close the item, whether complete or cut off. */
  closed(sources: readonly Source[], status: ItemStatus): string;
  /** Returns the item so far; once it has ended, with the status that it ended with. */
  item(status: ItemStatus, sources: readonly Source[]): object;
}

abstract class Item {
  readonly index: number;
  readonly id: string;
  /** Undefined while the item is being written. */
  protected ended: ItemStatus | undefined;
  readonly #writer: EventWriter;

  constructor({ writer, index, id }: Place, prefix: string) {
    this.#writer = writer;
    this.index = index;
    this.id = `${prefix}_${id}`;
  }

  protected write(type: string, members: object): string {
    const place = { item_id: this.id, output_index: this.index };
    return this.#writer.write(`response.${type}`, { ...place, ...members });
  }

  protected added(item: object): string {
    return this.#writer.write("response.output_item.added", { output_index: this.index, item });
  }

  protected done(item: object): string {
    return this.#writer.write("response.output_item.done", { output_index: this.index, item });
  }
}

export class TextItem extends Item implements OpenItem {
  #text = "";

  constructor(place: Place) {
    super(place, "msg");
  }

  opened(): string {
    const part = outputText("", []);
    return (
      this.added(messageItem(this.id, "in_progress", [])) +
      this.write("content_part.added", { content_index: 0, part })
    );
  }

  add(delta: string): string {
    this.#text += delta;
    return this.write("output_text.delta", { content_index: 0, delta, logprobs: [] });
  }

  closed(sources: readonly Source[], status: ItemStatus): string {
    this.ended = status;
    const text = this.#text;
    const part = outputText(text, sources);
    return (
      this.write("output_text.done", { content_index: 0, text, logprobs: [] }) +
      this.write("content_part.done", { content_index: 0, part }) +
      this.done(this.item(status, sources))
    );
  }

  item(status: ItemStatus, sources: readonly Source[]): object {
    return messageItem(this.id, this.ended ?? status, [outputText(this.#text, sources)]);
  }
}

export class ThoughtItem extends Item implements OpenItem {
  #text = "";
  #signature: string | undefined;
  #isTold = false;

  constructor(place: Place) {
    super(place, "rs");
  }

  opened(): string {
    return this.added(reasoningItem(this.id, "in_progress", undefined, undefined));
  }

  add(delta: string, signature: string | undefined): string {
    this.#signature = signature ?? this.#signature;
    if (delta === "") return "";
    this.#text += delta;
    const part = { type: "summary_text", text: "" };
    const begun = this.#isTold
      ? ""
      : this.write("reasoning_summary_part.added", { summary_index: 0, part });
    this.#isTold = true;
    return begun + this.write("reasoning_summary_text.delta", { summary_index: 0, delta });
  }

  closed(_: readonly Source[], status: ItemStatus): string {
    this.ended = status;
    const text = this.#text;
    const part = { type: "summary_text", text };
    const told = this.#isTold
      ? this.write("reasoning_summary_text.done", { summary_index: 0, text }) +
        this.write("reasoning_summary_part.done", { summary_index: 0, part })
      : "";
    return told + this.done(this.item(status));
  }

  item(status: ItemStatus): object {
    return reasoningItem(this.id, this.ended ?? status, this.#text, this.#signature);
  }
}

interface NamedCall extends ToolName {
  readonly callId: string;
}

export class CallItem extends Item implements OpenItem {
  readonly #call: NamedCall;
  #input = "";

  constructor(place: Place, call: NamedCall) {
    super(place, call.isCustom ? "ctc" : "fc");
    this.#call = call;
  }

  opened(): string {
    return this.added(this.item("in_progress"));
  }

  /**
   * Adds a piece of the input. The input of a custom tool arrives as pieces of JSON but is sent as
   * text, so it is sent as a whole by `whole`.
   */
  add(delta: string): string {
    if (this.#call.isCustom || delta === "") return "";
    this.#input += delta;
    return this.write("function_call_arguments.delta", { delta });
  }

  /** Adds the whole input, without what was already sent in pieces. */
  whole(input: unknown): string {
    if (this.#call.isCustom) {
      this.#input = customInput(input);
      return this.write("custom_tool_call_input.delta", { delta: this.#input });
    }
    return this.#input.trim() === "" ? this.add(JSON.stringify(input ?? {})) : "";
  }

  get isDone(): boolean {
    return this.ended !== undefined;
  }

  closed(_: readonly Source[], status: ItemStatus): string {
    this.ended = status;
    const { isCustom, name } = this.#call;
    const told = isCustom
      ? this.write("custom_tool_call_input.done", { input: this.#input })
      : this.write("function_call_arguments.done", { name, arguments: this.#input });
    return told + this.done(this.item(status));
  }

  item(status: ItemStatus): object {
    return callItem({ id: this.id, ...this.#call, input: this.#input }, this.ended ?? status);
  }
}
