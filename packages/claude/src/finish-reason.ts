import type { FinishReason, Part } from "@acc/dual-mode/provider";

const reasons: ReadonlyMap<unknown, FinishReason> = new Map<unknown, FinishReason>([
  ["end_turn", "stop"],
  ["stop_sequence", "stop"],
  ["max_tokens", "length"],
  ["model_context_window_exceeded", "length"],
  ["tool_use", "tool-calls"],
  ["refusal", "content-filter"],
  ["pause_turn", "other"],
  // Gateways pass on the finish reasons of chat completions.
  ["length", "length"],
  ["content_filter", "content-filter"],
]);

/**
 * Converts a stop reason of the Messages API, which both modes report. Gateways may report a normal
 * end for an answer with calls, or a reason of their own.
 */
export function toFinishReason(stopReason: unknown, calls = 0): FinishReason {
  const reason = reasons.get(stopReason);
  return calls > 0 && (reason ?? "stop") === "stop" ? "tool-calls" : (reason ?? "other");
}

/**
 * Makes the last part of an answer, with the API's own stop reason and the stop sequence that was
 * met.
 */
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
