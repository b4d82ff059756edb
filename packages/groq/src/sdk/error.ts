import { sdkError } from "@acc/dual-mode/provider";
import { refusals } from "../failure-rows.ts";

/** What the SDK threw, as an error of ours. */
export function toError(thrown: unknown): Promise<unknown> {
  return sdkError(thrown, "Groq's API", refusals);
}
