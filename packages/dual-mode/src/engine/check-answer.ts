import type { Part } from "../contract/part.ts";
import { DualModeError } from "../error.ts";
import type { ResponseSchema } from "../request/response-schema.ts";
import { refuseDeepJson } from "../text/nesting.ts";
import { foldParts } from "./fold-parts.ts";

/**
 * Refuses what ended well and is no answer all the same.
 * @throws {@link DualModeError} `CONTENT_FILTERED`, `INVALID_OUTPUT`
 */
export async function checkAnswer(
  parts: readonly Part[],
  schema: ResponseSchema | undefined,
): Promise<void> {
  const { text, toolCalls, finishReason } = foldParts(parts);
  if (finishReason === "content-filter" && text.trim() === "") {
    throw new DualModeError("CONTENT_FILTERED", "The vendor's filter held the answer back.", {
      fix: "Word the prompt differently.",
    });
  }
  if (text.trim() === "" && toolCalls.length === 0 && finishReason !== "length") {
    throw new DualModeError("INVALID_OUTPUT", "The answer is empty.");
  }
  if (schema !== undefined && finishReason === "stop") await answerObject(text, schema);
}

/**
 * The answer's text, parsed and checked.
 * @throws {@link DualModeError} `INVALID_OUTPUT`
 */
export async function answerObject(text: string, schema: ResponseSchema): Promise<unknown> {
  refuseDeepJson(text);
  try {
    return await schema.validate(JSON.parse(text));
  } catch (cause) {
    throw new DualModeError("INVALID_OUTPUT", "The answer does not fit the schema.", { cause });
  }
}
