import { abortReason } from "../abort-reason.ts";
import type { DualModeError } from "../error.ts";
import type { Refusals } from "../failures/refusal-context.ts";
import { refusalError } from "../failures/refusal-error.ts";
import { readForeignBody } from "../text/foreign-body.ts";
import { headerFacts } from "./header-facts.ts";

/**
 * Returns the error for a response that is not 2xx, judged by its message, types and status. It has
 * the wait of `Retry-After` and the message, shortened and without known secrets. Reads at most 64
 * KiB of the body.
 */
export async function responseError(
  response: Response,
  signal: AbortSignal,
  refusals: Refusals = {},
): Promise<DualModeError> {
  const { status, headers } = response;
  const body = await readForeignBody(response.body);
  if (signal.aborted) {
    return abortReason(signal);
  }
  return refusalError(body, { ...refusals, status, ...headerFacts(headers) });
}
