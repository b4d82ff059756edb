import { type DualModeError, refusalError, sdkError } from "@acc/dual-mode/provider";
import { refusals } from "../failure-rows.ts";

/** What the SDK threw, as an error of ours. */
export function toError(thrown: unknown): Promise<unknown> {
  return sdkError(thrown, "OpenAI's API", refusals);
}

/** What an event means that tells an error in mid-stream. */
export function streamError(told: unknown): Promise<DualModeError> {
  return refusalError(told, { ...refusals, who: "OpenAI's API said in mid-stream" });
}
