import { DualModeError } from "../error.ts";
import type { Refusals } from "../failures/refusal-context.ts";
import { refusalError } from "../failures/refusal-error.ts";
import { givenCount, givenText, isMembers, type Members } from "../foreign/guards.ts";
import { unreadable } from "../foreign/unreadable.ts";

/** Whose results they are. */
interface Vendor {
  readonly who: string;
  readonly refusals: Refusals;
}

/**
 * The body of the answer that a line of results holds, as JSON.
 * @throws {@link DualModeError} what it means where there is none
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

/** A refusal is in the body of a response as a rule, and in `error` where there was none. */
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
 * Why a whole batch was refused, where its lines have no part in it: it would be taken later, or when
 * its owner has done something about it.
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
