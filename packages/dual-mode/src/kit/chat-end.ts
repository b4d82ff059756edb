import type { FinishReason } from "../contract/part.ts";

/** Milliseconds for which the connection is still read after the stream has reported its end. */
const readOut = 50;
/** Milliseconds in which the usage and the stream's end may follow the finish reason. */
const afterReason = 2_000;

const reasons: ReadonlyMap<string, FinishReason | "failed"> = new Map<
  string,
  FinishReason | "failed"
>([
  ["stop", "stop"],
  ["end_turn", "stop"],
  ["stop_sequence", "stop"],
  ["complete", "stop"],
  ["eos", "stop"],
  ["eos_token", "stop"],
  ["length", "length"],
  ["max_tokens", "length"],
  ["max_output_tokens", "length"],
  ["model_length", "length"],
  ["model_context_window_exceeded", "length"],
  ["tool_calls", "tool-calls"],
  ["tool_use", "tool-calls"],
  ["function_call", "tool-calls"],
  ["content_filter", "content-filter"],
  ["safety", "content-filter"],
  ["sensitive", "content-filter"],
  ["recitation", "content-filter"],
  ["prohibited_content", "content-filter"],
  ["blocklist", "content-filter"],
  ["spii", "content-filter"],
  ["refusal", "content-filter"],
  ["error", "failed"],
  ["abort", "failed"],
  ["network_error", "failed"],
  ["insufficient_system_resource", "failed"],
  ["malformed_function_call", "failed"],
  ["function_call_filter: malformed_function_call", "failed"],
  ["function_call_filter: unexpected_tool_call", "failed"],
]);

/** Tracks how a stream of chat completions ends. */
export class ChatEnd {
  #reason: FinishReason | "failed" | undefined;
  #said: string | undefined;
  #met: string | undefined;
  #done = false;

  /** Whether the stream has sent `[DONE]`: what comes after it is not part of the answer. */
  get isDone(): boolean {
    return this.#done;
  }

  /** Milliseconds to wait for more; undefined before any end. */
  get patience(): number | undefined {
    if (this.#done) return readOut;
    return this.#reason === undefined ? undefined : afterReason;
  }

  /** The finish reason that counts, in the server's words. */
  get said(): string | undefined {
    return this.#said;
  }

  /** The stop sequence that ended the answer. */
  get met(): string | undefined {
    return this.#reason === "stop" ? this.#met : undefined;
  }

  done(): void {
    this.#done = true;
  }

  /** Notes a finish reason. If there are two, one other than plain "stop" counts. */
  says(reason: string, met?: string): void {
    this.#met ??= met;
    if (this.#reason === undefined || this.#reason === "stop") {
      this.#reason = reasons.get(reason.toLowerCase()) ?? "other";
      this.#said = reason;
    }
  }

  refused(): void {
    this.#reason = "content-filter";
  }

  /**
   * Returns the finish reason; undefined if the answer did not end. Some servers say "stop", or a
   * word of their own, although there are tool calls, and others the reverse.
   */
  reason(calls: number): FinishReason | "failed" | undefined {
    const reason = this.#reason ?? (this.#done ? (calls > 0 ? "stop" : "other") : undefined);
    if ((reason === "stop" || reason === "other") && calls > 0) return "tool-calls";
    return reason === "tool-calls" && calls === 0 ? "other" : reason;
  }
}
