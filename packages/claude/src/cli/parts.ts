import {
  type CanonicalRequest,
  type CommandExit,
  type CredentialKind,
  DualModeError,
  type FinishReason,
  type Part,
} from "@acc/dual-mode/provider";
import type Anthropic from "@anthropic-ai/sdk";
import { toFinishReason } from "../finish-reason.ts";
import { MessageReader } from "../message-reader.ts";
import { toUsage } from "../usage.ts";
import { exitError, resultError } from "./failure.ts";
import type { Result } from "./result.ts";
import { structuredEvent } from "./structured-event.ts";

type Event = Readonly<Record<string, unknown>>;

/** Reads a run: its stream-json events, then its exit. */
export class RunReader {
  readonly #message: MessageReader;
  readonly #structured: boolean;
  readonly #credential: CredentialKind;
  #result: Result | undefined;
  #kind: string | undefined;

  constructor({ model, schema }: CanonicalRequest, credential: CredentialKind) {
    this.#message = new MessageReader(model);
    this.#structured = schema !== undefined;
    this.#credential = credential;
  }

  *read(event: Event): Generator<Part> {
    switch (event.type) {
      case "stream_event":
        yield* this.#readMessage(event.event as Anthropic.RawMessageStreamEvent);
        break;
      case "assistant":
        if (typeof event.error === "string") this.#kind = event.error;
        break;
      case "result":
        this.#result = event as Result;
        break;
    }
  }

  /** Only exit 0, a result without an error in it and an asked model make an answer. */
  async *end(exit: CommandExit): AsyncGenerator<Part> {
    const result = this.#result;
    if (result === undefined) throw exitError(exit);
    const stopReason = result.stop_reason ?? this.#message.stopReason;
    if (stopReason === "refusal") {
      if (!this.#message.started) yield { type: "start" };
    } else {
      if (result.is_error !== false) {
        throw await resultError(result, this.#kind, this.#message.started, this.#credential);
      }
      if (exit.exitCode !== 0) throw exitError(exit);
      this.#requireMessage();
    }
    yield { type: "usage", usage: toUsage(result.usage ?? {}, result.total_cost_usd) };
    yield { type: "finish", reason: this.#reason(stopReason ?? "end_turn") };
  }

  *#readMessage(event: Anthropic.RawMessageStreamEvent): Generator<Part> {
    const read = this.#structured ? structuredEvent(event) : event;
    if (read !== undefined) yield* this.#message.read(read);
  }

  #reason(stopReason: string): FinishReason {
    const reason = toFinishReason(stopReason);
    return this.#structured && reason === "tool-calls" ? "stop" : reason;
  }

  #requireMessage(): void {
    if (!this.#message.started) {
      throw new DualModeError("INVALID_OUTPUT", "Claude's CLI answered without asking the model.");
    }
    if (!this.#message.ended) {
      throw new DualModeError("NETWORK", "Claude's answer was cut in mid-stream.");
    }
  }
}
