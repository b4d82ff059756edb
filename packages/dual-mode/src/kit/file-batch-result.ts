import { DualModeError } from "../error.ts";
import type { Refusals } from "../failures/refusal-context.ts";
import { refusalError } from "../failures/refusal-error.ts";
import { givenCount, givenText, isMembers, type Members } from "../foreign/guards.ts";
import { unreadable } from "../foreign/unreadable.ts";

/** The vendor of the results. */
interface Vendor {
  readonly who: string;
  readonly refusals: Refusals;
}

/**
 * Returns the body of the answer in a line of results, as JSON.
 *
 * @throws {@link DualModeError} the line's failure, if it has no answer
 */
export async function answerOf(result: unknown, vendor: Vendor): Promise<string> {
  if (!isMembers(result)) throw unreadable(vendor.who, "a result that is not an object");
  const { response } = result;
  const status = isMembers(response) ? givenCount(response.status_code) : undefined;
  if (!isMembers(response) || status === undefined || status >= 400) {
    throw await toFailure(result, isMembers(response) ? response : undefined, status, vendor);
  }
  return JSON.stringify(response.body);
}

/** A refusal is usually in the body of a response, and in `error` if there was no response. */
async function toFailure(
  { error, status, errors }: Members,
  response: Members | undefined,
  code: number | undefined,
  { who, refusals }: Vendor,
): Promise<DualModeError> {
  const why = isMembers(error) ? givenText(error.code) : undefined;
  const fix = "Ask for it again.";
  if (why === "batch_expired" || (why === undefined && status === "expired")) {
    return new DualModeError("TIMEOUT", `${who} did not process this request in time.`, { fix });
  }
  if (why === "batch_cancelled" || (why === undefined && status === "cancelled")) {
    return new DualModeError("ABORTED", "The batch was cancelled before this request.", { fix });
  }
  const [first] = isMembers(errors) && Array.isArray(errors.data) ? errors.data : [];
  const requestId = response && givenText(response.request_id);
  return refusalError(response?.body ?? error ?? first, {
    ...{ ...refusals, who: `${who} refused`, status: code, requestId },
  });
}

/**
 * Returns why a whole batch was refused, if its lines are not to blame: it would be accepted later,
 * or once its owner has fixed the cause.
 */
export async function refusalOf(
  batch: Members,
  vendor: Vendor,
): Promise<DualModeError | undefined> {
  if (batch.status !== "failed") return undefined;
  const failure = await toFailure(batch, undefined, undefined, vendor);
  const isOwners = failure.code === "RATE_LIMITED" || failure.code === "QUOTA_EXHAUSTED";
  return isOwners ? failure : undefined;
}
