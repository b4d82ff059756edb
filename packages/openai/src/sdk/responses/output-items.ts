import {
  CallIds,
  givenText,
  isMembers,
  type Members,
  NewSources,
  type Part,
  toolInput,
  unreadable,
} from "@acc/dual-mode/provider";
import { toSignature } from "../../thought.ts";
import { citations } from "./citations.ts";

const who = "OpenAI's API";

/** One item of a response's output, of which pieces come. */
interface OutputItem {
  readonly type: string;
  readonly id: string;
  readonly name: string;
  /** A message beside the answer: it is told as a thought. */
  readonly comments: boolean;
  /** What of its text, summary or arguments came so far. */
  said: string;
  done: boolean;
}

/** The items of one response, in their order. */
export class OutputItems {
  readonly #model: string;
  readonly #items = new Map<number, OutputItem>();
  readonly #ids = new CallIds();
  readonly #sources = new NewSources();
  calls = 0;
  /** Text, or a thought. */
  saidAnything = false;
  /** The model said that it does not answer. */
  refused = false;

  constructor(model: string) {
    this.#model = model;
  }

  *read(type: string | undefined, event: Members): Generator<Part> {
    switch (type) {
      case "response.output_item.added":
        this.#itemAt(event);
        return;
      case "response.output_item.done":
        yield* this.#close(event);
        return;
      case "response.refusal.delta":
        this.refused = true;
        yield* this.#say(event, "text");
        return;
      case "response.output_text.delta":
        yield* this.#say(event, "text");
        return;
      case "response.output_text.done":
        yield* this.#sayWhole(event);
        return;
      case "response.reasoning_summary_part.added":
        yield* this.#partSummary(event);
        return;
      case "response.reasoning_summary_text.delta":
      case "response.reasoning_text.delta":
        yield* this.#say(event, "reasoning");
        return;
      case "response.function_call_arguments.delta":
        yield* this.#addInput(event);
        return;
    }
    if (type === undefined) throw unreadable(who, "an event without a type");
  }

  /** What the response holds at its end, and did not come in pieces. */
  *sumUp(output: unknown): Generator<Part> {
    if (!Array.isArray(output)) return;
    for (const [index, item] of output.entries()) {
      if (!this.#items.get(index)?.done) yield* this.#close({ output_index: index, item });
    }
  }

  /** Items that never ended: an answer that the bound of tokens cut may have one. */
  *end(cut: boolean): Generator<Part> {
    if (cut) return;
    const open = [...this.#items.values()].find(
      ({ type, done }) => type === "function_call" && !done,
    );
    if (open !== undefined) throw unreadable(who, "a tool call without its end");
  }

  #itemAt({ output_index, item }: Members): OutputItem {
    const index =
      typeof output_index === "number" ? output_index : Math.max(0, this.#items.size - 1);
    const known = this.#items.get(index);
    if (known !== undefined) return known;
    const given = isMembers(item) ? item : {};
    const type = givenText(given.type) ?? "message";
    const id = type === "function_call" ? this.#ids.give(givenText(given.call_id)) : "";
    const name = givenText(given.name) ?? "";
    const comments = type === "message" && given.phase === "commentary";
    const opened = { type, id, name, comments, said: "", done: false };
    this.#items.set(index, opened);
    return opened;
  }

  *#say(event: Members, type: "text" | "reasoning"): Generator<Part> {
    const text = deltaOf(event);
    if (text === "") return;
    const item = this.#itemAt(event);
    item.said += text;
    this.saidAnything = true;
    yield { type: item.comments ? "reasoning" : type, text };
  }

  /** A text of which no piece came. */
  *#sayWhole({ text, ...place }: Members): Generator<Part> {
    if (typeof text !== "string" || this.#itemAt(place).said !== "") return;
    yield* this.#say({ ...place, delta: text }, "text");
  }

  /** A blank line parts what a summary's parts say. */
  *#partSummary(event: Members): Generator<Part> {
    const item = this.#itemAt(event);
    if (item.said !== "") yield { type: "reasoning", text: "\n\n" };
  }

  *#addInput(event: Members): Generator<Part> {
    const item = this.#itemAt(event);
    const text = deltaOf(event);
    item.said += text;
    if (text === "" || item.name === "") return;
    yield { type: "tool-input", id: item.id, name: item.name, text };
  }

  *#close(event: Members): Generator<Part> {
    if (!isMembers(event.item)) throw unreadable(who, "an item that is no object");
    const item = this.#itemAt(event);
    if (item.done) return;
    item.done = true;
    if (event.item.type === "message") yield* this.#closeMessage(event.item, item);
    else if (event.item.type === "reasoning") yield* this.#closeThought(event.item, item.said);
    else if (event.item.type === "function_call") yield* this.#closeCall(event.item, item);
  }

  *#closeMessage({ content }: Members, { said, comments }: OutputItem): Generator<Part> {
    const pieces = Array.isArray(content) ? content.filter(isMembers) : [];
    this.refused ||= pieces.some(({ type }) => type === "refusal");
    const whole = pieces.map(({ text, refusal }) => givenText(text) ?? givenText(refusal) ?? "");
    for (const text of rest(whole.join(""), said)) {
      this.saidAnything = true;
      yield { type: comments ? "reasoning" : "text", text };
    }
    for (const source of citations(pieces)) yield* this.#sources.add(source);
  }

  *#closeThought(item: Members, said: string): Generator<Part> {
    if (said === "") {
      const text = textsIn(item.summary, "\n\n") || textsIn(item.content, "");
      if (text !== "") yield { type: "reasoning", text };
    }
    const signature = toSignature(item, this.#model);
    if (signature !== undefined) yield { type: "reasoning", text: "", signature };
  }

  *#closeCall(given: Members, { id, said }: OutputItem): Generator<Part> {
    const name = givenText(given.name);
    if (name === undefined) throw unreadable(who, "a tool call without the tool's name");
    if (given.status === "incomplete") return;
    const whole = givenText(given.arguments) ?? said;
    this.calls += 1;
    yield { type: "tool-call", id, name, input: toolInput(name, whole) };
  }
}

function deltaOf({ delta }: Members): string {
  if (typeof delta === "string") return delta;
  throw unreadable(who, "a piece that is no text");
}

/** What came in pieces must be what the item is: a piece that was lost would be missed by nobody. */
function* rest(whole: string, said: string): Generator<string> {
  if (whole === "" || whole === said) return;
  if (!whole.startsWith(said)) throw unreadable(who, "pieces that do not add up to its answer");
  yield whole.slice(said.length);
}

function textsIn(list: unknown, between: string): string {
  const pieces = Array.isArray(list) ? list.filter(isMembers) : [];
  return pieces.map(({ text }) => givenText(text) ?? "").join(between);
}
