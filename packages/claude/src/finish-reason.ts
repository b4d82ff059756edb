import type { FinishReason } from "@acc/dual-mode/provider";

const reasons: Readonly<Record<string, FinishReason>> = {
  end_turn: "stop",
  stop_sequence: "stop",
  max_tokens: "length",
  model_context_window_exceeded: "length",
  tool_use: "tool-calls",
  refusal: "content-filter",
};

/** A stop reason of the Messages API, which both modes report. */
export function toFinishReason(stopReason: unknown): FinishReason {
  return (typeof stopReason === "string" ? reasons[stopReason] : undefined) ?? "other";
}
