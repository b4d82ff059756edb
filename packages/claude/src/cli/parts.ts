import {
  type CanonicalRequest,
  type CommandExit,
  type CredentialKind,
  DualModeError,
  type FinishReason,
  type JsonObject,
  type Part,
  type RunContext,
  type RunReader,
  usualPatience,
} from "@acc/dual-mode/provider";
import type Anthropic from "@anthropic-ai/sdk";
import { toFinish, toFinishReason } from "../finish-reason.ts";
import { MessageReader } from "../message-reader.ts";
import { toUsage } from "../usage.ts";
import { checkedEvent } from "./checked-event.ts";
import { exitError, resultError } from "./error.ts";
import { checkListed } from "./listed-tools.ts";
import { LoginLimits } from "./login-limits.ts";
import { budgetIsSpent, isHeldToOne } from "./one-request.ts";
import { isExpendable } from "./plan.ts";
import { RepeatedAnswer } from "./repeated-answer.ts";
import { objectOf, type Result, textOf, toResult } from "./result.ts";
import { StructuredEvents } from "./structured-events.ts";
import { type ToolNames, toolNames } from "./tool-names.ts";

/**
 * Milliseconds to wait after the message's end for the result, which at times never comes
 * (anthropics/claude-code#1920, #87577); the answer is there and billed all the same.
 */
const patienceForResult = 2 * usualPatience;

/**
 * Reads a run: its stream-json events, then its exit. The answer ends with the first message,
 * because the CLI may send further requests by itself, after a message that was cut off at its
 * limit or that it does not accept. Each of these is billed, and none belongs to the call.
 */
export class ClaudeRunReader implements RunReader {
  readonly #message: MessageReader;
  readonly #repeated = new RepeatedAnswer();
  readonly #limits = new LoginLimits();
  readonly #tools: ToolNames;
  readonly #structured: StructuredEvents | undefined;
  readonly #credential: CredentialKind;
  readonly #isHeld: boolean;
  readonly #isExpendable: boolean;
  #result: Result | undefined;
  #kind: string | undefined;
  #goesOn = false;
  #isRefused = false;

  constructor(
    request: CanonicalRequest,
    context: Pick<RunContext<object>, "credential" | "version" | "standby">,
  ) {
    this.#message = new MessageReader(request.model);
    this.#tools = toolNames(request);
    this.#structured = request.schema && new StructuredEvents(this.#tools);
    this.#credential = context.credential.kind;
    this.#isHeld = isHeldToOne(request, context.version);
    this.#isExpendable = isExpendable(context);
  }

  get patience(): number | undefined {
    if (this.#goesOn || (this.#isCut && !this.#isHeld)) return 0;
    if (this.#result !== undefined && this.#isExpendable) return 0;
    if (this.#result !== undefined || this.#isCut) return usualPatience;
    return this.#isWhole ? patienceForResult : undefined;
  }

  *read(event: JsonObject): Generator<Part> {
    if (this.#result !== undefined || this.#goesOn) return;
    if (this.#isTold && asksAgain(event)) {
      this.#goesOn = true;
      return;
    }
    switch (event.type) {
      case "stream_event":
        yield* this.#readMessage(checkedEvent(event.event));
        break;
      case "assistant":
        this.#kind = textOf(event.error) ?? this.#kind;
        // With a schema the answer is a tool's input, and the text beside it is not part of it.
        if (!this.#structured) this.#repeated.addMessage(event);
        break;
      case "system":
        // A run that is ended by a budget does not pass on why this message ended.
        this.#isRefused ||= event.subtype === "model_refusal_no_fallback";
        if (event.subtype === "init") checkListed(this.#tools.all, event);
        break;
      case "rate_limit_event":
        this.#limits.read(event);
        break;
      case "result":
        this.#result = toResult(event);
        break;
    }
  }

  /** Only exit code 0, a result without an error, and a model that was called make an answer. */
  async *end(exit: CommandExit): AsyncGenerator<Part> {
    const result = this.#result;
    const told = this.#message.stopReason ?? result?.stopReason;
    const stopReason = this.#isRefused ? "refusal" : told;
    if (stopReason === "refusal") {
      if (!this.#message.started) yield { type: "start" };
    } else if (!this.#isOver && !(exit.lingered && this.#isWhole && result === undefined)) {
      if (result === undefined) throw exitError(exit, this.#credential);
      if (result.subtype === budgetIsSpent) throw cut();
      if (result.isError || this.#isKept) {
        const { started } = this.#message;
        throw this.#limits.addTo(await resultError(result, this.#kind, started, this.#credential));
      }
      if (exit.exitCode !== 0 && !exit.lingered) throw exitError(exit, this.#credential);
      yield* this.#readResult(result);
    }
    this.#repeated.requirePieces();
    const counts = this.#isOver ? this.#message.usage : (result?.usage ?? this.#message.usage);
    yield { type: "usage", usage: toUsage(counts, result?.cost) };
    yield* this.#limits.parts();
    const { stopSequence } = this.#message;
    yield toFinish(this.#reason(stopReason ?? "end_turn"), stopReason, stopSequence);
  }

  /** Whether the model has reported why it ended: nothing more of the message can come. */
  get #isTold(): boolean {
    return this.#message.started && this.#message.stopReason !== null;
  }

  get #isCut(): boolean {
    return this.#isTold && toFinishReason(this.#message.stopReason) === "length";
  }

  /** Whether the message has ended; with a schema the CLI still checks it. */
  get #isWhole(): boolean {
    return this.#isTold && this.#message.ended && (!this.#structured || this.#isCall);
  }

  /**
   * Whether the model called tools of the caller: the CLI refuses to run them, and ends with its
   * last turn.
   */
  get #isCall(): boolean {
    return this.#isTold && this.#message.calls > 0 && this.#tools.all.length > 0;
  }

  /**
   * Whether a limit or a login kept the CLI from calling the model, which it does not always report
   * as an error.
   */
  get #isKept(): boolean {
    const isAsked = this.#message.started || this.#repeated.model !== undefined;
    return !isAsked && (this.#kind !== undefined || this.#repeated.isSynthetic);
  }

  /** Whether the message is complete, whatever else the run was about to do. */
  get #isOver(): boolean {
    const isStopped = this.#result?.subtype === budgetIsSpent;
    return this.#isTold && (this.#isCut || this.#goesOn || isStopped || this.#isCall);
  }

  *#readMessage(event: Anthropic.RawMessageStreamEvent): Generator<Part> {
    const read = this.#structured ? this.#structured.read(event) : event;
    if (read === undefined) return;
    for (const part of this.#message.read(read)) {
      if (part.type === "text") this.#repeated.addPiece(part.text);
      const isCall = part.type === "tool-input" || part.type === "tool-call";
      yield isCall ? { ...part, name: this.#tools.given(part.name) } : part;
    }
  }

  /** Takes the result as the answer if the CLI passed on no pieces, but called a model. */
  *#readResult({ said, turns, usage }: Result): Generator<Part> {
    if (this.#message.ended) {
      if (!this.#structured) this.#repeated.addWhole(said);
      return;
    }
    if (this.#message.started) throw cut();
    if (this.#structured || said === "" || turns === 0 || !usage.output_tokens) {
      throw new DualModeError("INVALID_OUTPUT", "Claude's CLI answered without asking the model.");
    }
    const { model } = this.#repeated;
    yield { type: "start", ...(model !== undefined && { model }) };
    yield { type: "text", text: said };
    this.#repeated.addPiece(said);
  }

  #reason(stopReason: string): FinishReason {
    const reason = toFinishReason(stopReason);
    return this.#structured && !this.#isCall && reason === "tool-calls" ? "stop" : reason;
  }
}

function cut(): DualModeError {
  return new DualModeError("NETWORK", "Claude's answer was cut in mid-stream.");
}

/**
 * Whether the CLI is about to send another request, or has sent one: its own words to the model, or
 * another message.
 */
function asksAgain(event: JsonObject): boolean {
  switch (event.type) {
    case "stream_event":
      return objectOf(event.event).type === "message_start";
    case "system":
      return event.status === "requesting";
    case "user":
      return hasText(objectOf(event.message).content);
    default:
      return false;
  }
}

/** Whether a user event contains text. The result of the tool for a schema contains none. */
function hasText(content: unknown): boolean {
  return Array.isArray(content) && content.some((block) => objectOf(block).type === "text");
}
