import type { Feature } from "../contract/mode.ts";
import type { Part } from "../contract/part.ts";
import { DualModeError } from "../error.ts";
import type { ResponseSchema } from "../request/response-schema.ts";
import { firstWords } from "../text/excerpt.ts";
import { answerObject } from "./answer-object.ts";
import { foldParts } from "./fold-parts.ts";

/**
 * Refuses a response that ended normally but is not an answer.
 *
 * @throws {@link DualModeError} `CONTENT_FILTERED`, `INVALID_OUTPUT`
 */
export async function checkFreshAnswer(
  parts: readonly Part[],
  schema: ResponseSchema | undefined,
): Promise<void> {
  const { text, toolCalls, finishReason, vendorReason } = foldParts(parts);
  if (finishReason === "content-filter" && text.trim() === "") {
    throw new DualModeError("CONTENT_FILTERED", "The vendor's filter withheld the answer.", {
      fix: "Word the prompt differently.",
    });
  }
  if (text.trim() === "" && toolCalls.length === 0 && finishReason !== "length") {
    const why = vendorReason === undefined ? "" : ` (${firstWords(vendorReason, 60)})`;
    throw new DualModeError("INVALID_OUTPUT", `The answer is empty${why}.`);
  }
  if (schema !== undefined && finishReason === "stop") await answerObject(text, schema);
}

/**
 * Whether the answer was requested without the format that the request wants, because the mode
 * lacks it.
 */
export function isFreeText(ignored: readonly Feature[]): boolean {
  return ignored.includes("schema") || ignored.includes("json");
}
