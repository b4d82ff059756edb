import { DualModeError } from "../error.ts";
import { firstWords } from "../text/excerpt.ts";
import type { RefusalContext } from "./refusal-context.ts";

/** Characters of a refusal's words that an error shows. */
const shown = 600;

/**
 * The error that a refusal is: its words and types are judged before its status, and say whether the
 * request is to blame, or the credential, its plan, its place or the address.
 *
 * @param body What was said, of any form: a body as text or parsed, an SDK's error, a CLI's words.
 */
export async function refusalError(
  body: unknown,
  context: RefusalContext = {},
): Promise<DualModeError> {
  const { judgeRefusal } = await import("./judge-refusal.ts");
  const { status, said, code, ...verdict } = judgeRefusal(body, context);
  const words = firstWords(said, shown);
  const who = `${context.who ?? "The server refused"}${status === undefined ? "" : ` (${status})`}`;
  return new DualModeError(code, words === "" ? `${who}.` : `${who}: ${words}`, {
    ...verdict,
    status,
    limits: context.limits,
    cause: context.cause,
  });
}
