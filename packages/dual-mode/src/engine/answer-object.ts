import { DualModeError } from "../error.ts";
import type { ResponseSchema } from "../request/response-schema.ts";
import { foreignText, foreignWindow } from "../text/foreign-text.ts";
import { refuseDeepJson } from "../text/nesting.ts";

/**
 * Parses the answer's text and checks it.
 *
 * @throws {@link DualModeError} `INVALID_OUTPUT`
 */
export async function answerObject(text: string, schema: ResponseSchema): Promise<unknown> {
  refuseDeepJson(text);
  try {
    return await schema.validate(parsed(text));
  } catch (cause) {
    throw DualModeError.is(cause) ? cause : misfit("does not fit the schema", text, cause);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw misfit("is not JSON", text, cause);
  }
}

/** The longest message of a schema's check, in UTF-16 units. */
const longestReason = 1_000;

function misfit(how: string, text: string, cause: unknown): DualModeError {
  const said = cause instanceof Error ? cause.message : String(cause);
  const why = foreignText(said, longestReason).trim().replace(/\.$/, "");
  const message = `The answer ${how}${why === "" ? "" : `: ${why}`}.`;
  return new DualModeError("INVALID_OUTPUT", message, {
    cause,
    text: foreignText(text, foreignWindow),
    fix: "Say in the prompt what is wanted, or loosen the schema; error.text has the answer.",
  });
}
