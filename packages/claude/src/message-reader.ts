import {
  CallIds,
  DualModeError,
  givenText,
  isMembers,
  type Members,
  NewSources,
  type Part,
  unreadable,
} from "@acc/dual-mode/provider";
import {
  type ContentBlock,
  deltaText,
  type PendingTool,
  shownInput,
  toBlock,
} from "./content-block.ts";
import { toFinishReason } from "./finish-reason.ts";
import { type CallsCome, HeldCalls } from "./held-calls.ts";
import { citedIn, foundIn, toSource } from "./sources.ts";
import { type Thought, toReasoning, toSignature } from "./thought.ts";
import { addUsage, type VendorUsage } from "./usage.ts";

const who = "Claude";

/**
 * Reads the events of one message, which the API streams and the CLI passes on. It validates their
 * content, and skips events of unknown types.
 */
export class MessageReader {
  readonly #model: string;
  readonly #blocks = new Map<number, ContentBlock>();
  readonly #ids = new CallIds();
  readonly #sources = new NewSources();
  #index = -1;
  #thoughts: Thought[] = [];
  readonly #held = new HeldCalls();
  #started = false;
  #ended = false;
  /** The counts that were reported last. */
  usage: VendorUsage = {};
  stopReason: string | null = null;
  /** The stop sequence that ended the message. */
  stopSequence: string | undefined;
  /** The number of tool calls. */
  calls = 0;

  /** @param model The requested model; its thoughts are signed for it alone. */
  constructor(model: string) {
    this.#model = model;
  }

  get started(): boolean {
    return this.#started;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** @throws {@link DualModeError} `INVALID_OUTPUT` for an event that cannot be read */
  read(event: unknown): Iterable<Part> {
    if (!isMembers(event)) throw unreadable(who, "an event that is not an object");
    switch (event.type) {
      case "message_start":
        return [this.#begin(event.message)];
      case "content_block_start":
        return this.#openBlock(event);
      case "content_block_delta":
        return this.#add(event);
      case "content_block_stop":
        return this.#close(this.#indexOf(event));
      case "message_delta":
        return this.#tellEnd(event);
      case "message_stop":
        return this.#stop();
      default:
        return [];
    }
  }

  *#stop(): Generator<Part> {
    yield* this.finish();
    this.#ended = true;
  }

  /** Ends what is still open at the end of the events. */
  *finish(): Generator<Part> {
    for (const index of this.#blocks.keys()) yield* this.#close(index);
    const isCut = toFinishReason(this.stopReason) === "length";
    yield* this.#release(isCut ? "cut" : "ended");
  }

  /**
   * Begins the message. A second start means that the request was repeated midway; parts that were
   * already yielded cannot be taken back.
   */
  #begin(message: unknown): Part {
    if (this.started) {
      throw new DualModeError("NETWORK", "Claude's answer was cut in mid-stream and began again.");
    }
    if (!isMembers(message)) throw unreadable(who, "a message that is not an object");
    this.#started = true;
    this.usage = addUsage({}, message.usage);
    const model = givenText(message.model);
    const id = givenText(message.id);
    return {
      type: "start",
      ...(model !== undefined && { model }),
      ...(id !== undefined && { id }),
    };
  }

  /** Begins a message whose start a gateway left out. */
  #startUnsaid(): Part {
    this.#started = true;
    return { type: "start" };
  }

  *#openBlock(event: Members): Generator<Part> {
    if (!this.started) yield this.#startUnsaid();
    const { index = this.#index + 1, content_block } = event;
    this.#index = typeof index === "number" ? index : this.#index + 1;
    yield* this.#close(this.#index);
    yield* this.#release("going on");
    const block = toBlock(content_block, (id) => this.#ids.give(id));
    this.#blocks.set(this.#index, block);
    // Some gateways put content into the start of a block.
    const begun = content_block as Members;
    if (block.type === "text") {
      const text = deltaText(begun, "text");
      if (text !== "") yield { type: "text", text };
      for (const source of citedIn(begun)) yield* this.#sources.add(source);
    }
    if (block.type === "other") {
      for (const source of foundIn(begun)) yield* this.#sources.add(source);
    }
    if (block.type === "thought") yield* this.#think(deltaText(begun, "thinking"), block);
  }

  *#add(event: Members): Generator<Part> {
    const { delta } = event;
    if (!isMembers(delta)) throw unreadable(who, "a delta that is not an object");
    const block = this.#blocks.get(this.#indexOf(event));
    if (!this.started) yield this.#startUnsaid();
    switch (delta.type) {
      case "text_delta": {
        const text = deltaText(delta, "text");
        if (text !== "") yield { type: "text", text };
        break;
      }
      case "thinking_delta":
        yield* this.#think(deltaText(delta, "thinking"), block);
        break;
      case "signature_delta":
        if (block?.type === "thought" && block.thought.type === "thinking") {
          block.thought.signature += deltaText(delta, "signature");
        }
        break;
      case "citations_delta":
        if (isMembers(delta.citation)) yield* this.#sources.add(toSource(delta.citation));
        break;
      case "input_json_delta":
        yield* this.#addInput(deltaText(delta, "partial_json"), block);
        break;
    }
    if (typeof delta.type !== "string") throw unreadable(who, "a delta without a type");
  }

  *#think(text: string, block: ContentBlock | undefined): Generator<Part> {
    if (text === "") return;
    if (block?.type === "thought" && block.thought.type === "thinking") {
      block.thought.thinking += text;
    }
    yield { type: "reasoning", text };
  }

  *#addInput(json: string, block: ContentBlock | undefined): Generator<Part> {
    if (block?.type === "other" || json === "") return;
    const open = block?.type === "tool" ? block.tool : this.#lastTool();
    const tool = open ?? this.#held.last;
    if (tool === undefined) throw unreadable(who, "arguments without the call of a tool");
    tool.json += json;
    yield shownInput(tool, json);
  }

  /** Some gateways number the pieces differently from the blocks. */
  #lastTool(): PendingTool | undefined {
    const block = [...this.#blocks.values()].findLast(({ type }) => type === "tool");
    return block?.type === "tool" ? block.tool : undefined;
  }

  *#close(index: number): Generator<Part> {
    const block = this.#blocks.get(index);
    this.#blocks.delete(index);
    if (block?.type === "thought" && isSigned(block.thought)) {
      this.#thoughts.push(block.thought);
      yield toReasoning(block.thought, this.#model);
    }
    if (block?.type !== "tool") return;
    const { tool } = block;
    this.#held.hold(tool, toSignature(this.#thoughts, this.#model));
    this.#thoughts = [];
    if (tool.json !== "" || tool.input !== undefined) yield* this.#release("going on");
  }

  *#release(now: CallsCome): Generator<Part> {
    for (const call of this.#held.release(now)) {
      this.calls += 1;
      yield call;
    }
  }

  /**
   * Reads the end of the message. The event may come twice, the second time only with token counts.
   */
  *#tellEnd({ delta, usage }: Members): Generator<Part> {
    if (!this.started) yield this.#startUnsaid();
    const reason = isMembers(delta) ? givenText(delta.stop_reason) : undefined;
    this.usage = addUsage(this.usage, usage);
    if (reason === undefined) return;
    this.stopReason = reason;
    const met = isMembers(delta) ? delta.stop_sequence : undefined;
    if (typeof met === "string" && met !== "") this.stopSequence = met;
    yield* this.finish();
  }

  #indexOf({ index }: Members): number {
    return typeof index === "number" ? index : this.#index;
  }
}

/**
 * Whether a thought is signed. The API does not accept one without a signature, as gateways send
 * them.
 */
function isSigned(thought: Thought): boolean {
  return thought.type === "redacted_thinking" || thought.signature !== "";
}
