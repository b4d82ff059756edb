import { DualModeError, type FinishReason } from "@acc/dual-mode/provider";

const reasons: ReadonlyMap<string, FinishReason> = new Map<string, FinishReason>([
  ["STOP", "stop"],
  ["MAX_TOKENS", "length"],
  ["SAFETY", "content-filter"],
  ["RECITATION", "content-filter"],
  ["LANGUAGE", "content-filter"],
  ["BLOCKLIST", "content-filter"],
  ["PROHIBITED_CONTENT", "content-filter"],
  ["SPII", "content-filter"],
  ["IMAGE_SAFETY", "content-filter"],
  ["IMAGE_PROHIBITED_CONTENT", "content-filter"],
  ["IMAGE_RECITATION", "content-filter"],
  ["MODEL_ARMOR", "content-filter"],
  ["OTHER", "other"],
]);

/** Reasons that mean that there is no valid answer. */
const spoilt: ReadonlyMap<string, string> = new Map([
  ["MALFORMED_FUNCTION_CALL", "called a tool in a form that cannot be read"],
  ["UNEXPECTED_TOOL_CALL", "called a tool that it was not given"],
  ["TOO_MANY_TOOL_CALLS", "called tools without end"],
  ["MISSING_THOUGHT_SIGNATURE", "misses the thought behind a call that it made"],
  ["MALFORMED_RESPONSE", "answered in a form that cannot be read"],
]);

/**
 * Converts a finish reason. Gemini reports a normal end for an answer with calls, and gateways may
 * report a reason of their own.
 * @throws {@link DualModeError} `INVALID_OUTPUT`
 */
export function toFinishReason(said: string, calls: number): FinishReason {
  const fault = spoilt.get(said);
  if (fault !== undefined) throw new DualModeError("INVALID_OUTPUT", `Gemini ${fault} (${said}).`);
  const reason = reasons.get(said);
  return calls > 0 && (reason ?? "stop") === "stop" ? "tool-calls" : (reason ?? "other");
}
