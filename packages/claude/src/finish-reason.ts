import type { FinishReason, Part } from "@acc/dual-mode/provider";

const reasons: ReadonlyMap<unknown, FinishReason> = new Map<unknown, FinishReason>([
  ["end_turn", "stop"],
  ["stop_sequence", "stop"],
  ["max_tokens", "length"],
  ["model_context_window_exceeded", "length"],
  ["tool_use", "tool-calls"],
  ["refusal", "content-filter"],
  ["pause_turn", "other"],
  // Gateways pass on the words of chat completions.
  ["length", "length"],
  ["content_filter", "content-filter"],
]);

/**
 * A stop reason of the Messages API, which both modes report; gateways say a plain end beside calls, or a
 * word of their own.
 */
export function toFinishReason(stopReason: unknown, calls = 0): FinishReason {
  const reason = reasons.get(stopReason);
  return calls > 0 && (reason ?? "stop") === "stop" ? "tool-calls" : (reason ?? "other");
}

/** The end of an answer, with the API's own word for it, and the stop sequence that it met. */
export function toFinish(
  reason: FinishReason,
  stopReason: string | null | undefined,
  stopSequence?: string,
): Part {
  return {
    type: "finish",
    reason,
    ...(stopReason && { vendorReason: stopReason }),
    ...(stopSequence !== undefined && { stopSequence }),
  };
}
