import { type DualModeError, refusalError, sdkError } from "@acc/dual-mode/provider";
import { refusals } from "../failure-rows.ts";

/** Converts what the SDK threw to a DualModeError. */
export function toError(thrown: unknown): Promise<unknown> {
  return sdkError(thrown, "OpenAI's API", refusals);
}

/** Converts an error event in the middle of a stream. */
export function streamError(told: unknown): Promise<DualModeError> {
  return refusalError(told, { ...refusals, who: "OpenAI's API said in mid-stream" });
}
