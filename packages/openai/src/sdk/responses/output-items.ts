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

/** One item of a response's output, which arrives in pieces. */
interface OutputItem {
  /** Undefined if the start of the item did not arrive. */
  readonly type: string | undefined;
  /** The vendor's own id. */
  readonly key: string | undefined;
  readonly id: string;
  readonly name: string;
  /** Whether the message is commentary and not the answer: it is reported as a thought. */
  readonly comments: boolean;
  /** The part of its text, summary or arguments that has arrived. */
  said: string;
  done: boolean;
}

/** The items of a response, in order. */
export class OutputItems {
  readonly #model: string;
  readonly #items: OutputItem[] = [];
  /** The last item for each index: servers leave the index out, or use the same for all. */
  readonly #byIndex = new Map<unknown, OutputItem>();
  readonly #ids = new CallIds();
  readonly #sources = new NewSources();
  calls = 0;
  /** Whether any text or thought has arrived. */
  saidAnything = false;
  /** Whether the model declined to answer. */
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

  /** Yields what the complete response contains and did not arrive in pieces. */
  *sumUp(output: unknown): Generator<Part> {
    if (!Array.isArray(output)) return;
    for (const [index, item] of output.entries()) {
      if (!this.#isTold(item, index)) yield* this.#close({ output_index: index, item });
    }
  }

  /**
   * Checks that all calls have ended, which need not be so if the answer was cut off at its token
   * limit.
   */
  *end(cut: boolean): Generator<Part> {
    if (cut) return;
    const open = this.#items.find(({ type, done }) => type === "function_call" && !done);
    if (open !== undefined) throw unreadable(who, "a tool call without its end");
  }

  #itemAt({ output_index, item }: Members): OutputItem {
    const given = isMembers(item) ? item : undefined;
    const there =
      typeof output_index === "number" ? this.#byIndex.get(output_index) : this.#items.at(-1);
    const known = this.#named(given) ?? there;
    if (known !== undefined && (given === undefined || isOf(known, given))) return known;
    return this.#open(output_index, given ?? {});
  }

  #named(item: Members | undefined): OutputItem | undefined {
    const key = item && keyOf(item);
    return key === undefined ? undefined : this.#items.find((each) => each.key === key);
  }

  #open(index: unknown, given: Members): OutputItem {
    const type = givenText(given.type);
    const id = type === "function_call" ? this.#ids.give(givenText(given.call_id)) : "";
    const name = givenText(given.name) ?? "";
    const comments = type === "message" && given.phase === "commentary";
    const opened = { type, key: keyOf(given), id, name, comments, said: "", done: false };
    this.#items.push(opened);
    if (typeof index === "number") this.#byIndex.set(index, opened);
    return opened;
  }

  /** Whether an item of the complete response has already ended, found by its id or its place. */
  #isTold(item: unknown, index: number): boolean {
    if (!isMembers(item)) return false;
    const there = [this.#byIndex.get(index), this.#items[index]];
    const known = this.#named(item) ?? there.find((each) => each && isOf(each, item));
    return known?.done === true;
  }

  *#say(event: Members, type: "text" | "reasoning"): Generator<Part> {
    const text = deltaOf(event);
    if (text === "") return;
    const item = this.#itemAt(event);
    item.said += text;
    this.saidAnything = true;
    yield { type: item.comments ? "reasoning" : type, text };
  }

  /** Yields a text of which no piece arrived. */
  *#sayWhole({ text, ...place }: Members): Generator<Part> {
    if (typeof text !== "string" || this.#itemAt(place).said !== "") return;
    yield* this.#say({ ...place, delta: text }, "text");
  }

  /** Separates the parts of a summary by a blank line. */
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
    if (!isMembers(event.item)) throw unreadable(who, "an item that is not an object");
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

function keyOf({ call_id, id }: Members): string | undefined {
  return givenText(call_id) ?? givenText(id);
}

/**
 * Whether the item is the known one. An item that has ended does not begin again under another id.
 */
function isOf({ type, key, done }: OutputItem, item: Members): boolean {
  if (type === undefined) return true;
  if (type !== givenText(item.type)) return false;
  const other = keyOf(item);
  const isUnnamed = key === undefined || other === undefined || key === other;
  return isUnnamed || (!done && type !== "function_call");
}

function deltaOf({ delta }: Members): string {
  if (typeof delta === "string") return delta;
  throw unreadable(who, "a piece that is not text");
}

/**
 * Returns the rest of a text. The pieces must match the whole, or a lost piece would go unnoticed.
 */
function* rest(whole: string, said: string): Generator<string> {
  if (whole === "" || whole === said) return;
  if (!whole.startsWith(said)) throw unreadable(who, "pieces that do not add up to its answer");
  yield whole.slice(said.length);
}

function textsIn(list: unknown, between: string): string {
  const pieces = Array.isArray(list) ? list.filter(isMembers) : [];
  return pieces.map(({ text }) => givenText(text) ?? "").join(between);
}
