import { sdkError } from "@acc/dual-mode/provider";
import { refusals } from "../failure-rows.ts";

/** Converts what the SDK threw to a DualModeError. */
export function toError(thrown: unknown): Promise<unknown> {
  return sdkError(thrown, "Groq's API", refusals);
}
