import type { FinishReason, Part, Source, Usage } from "@acc/dual-mode";
import { openaiError } from "../openai/error-body.ts";
import type { Failure, WireEvents } from "../wire.ts";
import { EventWriter } from "./event-writer.ts";
import { CallItem, type OpenItem, TextItem, ThoughtItem } from "./open-items.ts";
import { incompleteReason, type ResponseMade, responseObject } from "./response-object.ts";
import { toolNamed } from "./tool-names.ts";

type CallPart = Extract<Part, { type: "tool-call" | "tool-input" }>;

/**
 * Writes the parts of an answer as the events of a response, in full order from created to
 * completed.
 */
export class ResponseEvents implements WireEvents {
  readonly #made: ResponseMade;
  readonly #writer = new EventWriter();
  /** In the order in which they were opened. */
  readonly #items: OpenItem[] = [];
  readonly #calls = new Map<string, CallItem>();
  readonly #sources: Source[] = [];
  #model: string;
  #item: OpenItem | undefined;
  #isBegun = false;
  #usage: Usage | undefined;
  #finish: FinishReason = "other";

  constructor(made: ResponseMade) {
    this.#made = made;
    this.#model = made.body.model;
  }

  part(part: Part): string {
    switch (part.type) {
      case "start":
        if (part.model !== undefined) this.#model = part.model;
        return "";
      case "text":
        if (part.text === "") return "";
        return this.#open(TextItem, (item) => item.add(part.text));
      case "reasoning":
        return this.#open(ThoughtItem, (item) => item.add(part.text, part.signature));
      case "tool-input":
        return this.#call(part, (item) => item.add(part.text));
      case "tool-call":
        return this.#call(part, (item) => item.whole(part.input)) + this.#closeCall(part.id);
      case "source":
        this.#sources.push(part.source);
        return "";
      case "usage":
        this.#usage = { ...this.#usage, ...part.usage };
        return "";
      case "finish":
        this.#finish = part.reason;
        return this.#begin() + this.#close(this.#status);
      default:
        return "";
    }
  }

  end(): string {
    const reason = incompleteReason(this.#finish);
    return this.#begin() + this.#close() + this.#tell(this.#status, { reason });
  }

  get #status(): "completed" | "incomplete" {
    return incompleteReason(this.#finish) === undefined ? "completed" : "incomplete";
  }

  /** Codex reads the failed response; OpenAI's own clients throw on a member `error`. */
  fail(failure: Failure): string {
    const error = openaiError(failure);
    const { message, param } = error;
    const told = { code: error.code ?? error.type, message };
    const failed = this.#tell("failed", { error: told });
    return failed + this.#writer.write("error", { ...told, param, error });
  }

  #tell(
    status: "in_progress" | "completed" | "incomplete" | "failed",
    more: {
      readonly reason?: string | undefined;
      readonly error?: { code: string; message: string };
    },
    name: string = status,
  ): string {
    const output = this.#items.map((item) => item.item("incomplete", this.#sources));
    const state = { status, model: this.#model, output, usage: this.#usage, ...more };
    return this.#writer.write(`response.${name}`, { response: responseObject(this.#made, state) });
  }

  #begin(): string {
    if (this.#isBegun) return "";
    this.#isBegun = true;
    return this.#tell("in_progress", {}, "created") + this.#tell("in_progress", {});
  }

  /** Continues the open item, or opens one of that kind. */
  #open<Item extends OpenItem>(Kind: ItemKind<Item>, add: (item: Item) => string): string {
    if (this.#item instanceof Kind) return add(this.#item);
    const before = this.#begin() + this.#close();
    const item = new Kind(this.#place());
    this.#items.push(item);
    this.#item = item;
    return before + item.opened() + add(item);
  }

  #call({ id, name }: CallPart, add: (item: CallItem) => string): string {
    const known = this.#calls.get(id);
    if (known !== undefined) return add(known);
    const before = this.#begin() + this.#close();
    const named = toolNamed(this.#made.names, name);
    const item = new CallItem(this.#place(), { callId: id, ...named });
    this.#items.push(item);
    this.#calls.set(id, item);
    return before + item.opened() + add(item);
  }

  #closeCall(id: string): string {
    const item = this.#calls.get(id);
    if (item === undefined || item.isDone) return "";
    return item.closed(this.#sources, "completed");
  }

  /**
   * Closes the open item. A call that was cut off is not closed, because clients run a call once it
   * is.
   */
  #close(status: "completed" | "incomplete" = "completed"): string {
    const item = this.#item;
    this.#item = undefined;
    return item === undefined ? "" : item.closed(this.#sources, status);
  }

  #place() {
    const index = this.#items.length;
    return { writer: this.#writer, index, id: `${this.#made.id}_${index}` };
  }
}

type ItemKind<Item> = new (place: {
  readonly writer: EventWriter;
  readonly index: number;
  readonly id: string;
}) => Item;
