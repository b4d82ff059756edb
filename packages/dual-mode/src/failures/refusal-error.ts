import { DualModeError } from "../error.ts";
import { firstWords } from "../text/excerpt.ts";
import type { RefusalContext } from "./refusal-context.ts";

/** The most characters of a refusal's message that an error shows. */
const shown = 600;

/**
 * Returns the error for a refusal. Its message and types are judged before its status, and decide
 * what is to blame: the request, the credential, its plan, its place or the address.
 *
 * @param body The refusal in any form: a body as text or parsed, an SDK's error, a CLI's message.
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
