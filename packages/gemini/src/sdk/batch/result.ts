import {
  DualModeError,
  givenCount,
  isMembers,
  type Members,
  type Part,
  readAnswer,
  refusalError,
  unreadable,
} from "@acc/dual-mode/provider";
import { refusals } from "../../failure-rows.ts";
import { who } from "../chunk.ts";
import { ChunkEvents } from "../parts.ts";

/** Reads the answer of one request in the same way as a streamed one. */
export async function* readResult(result: unknown): AsyncGenerator<Part> {
  if (!isMembers(result)) throw unreadable(who, "a result that is not an object");
  if (!isMembers(result.response)) throw await toFailure(result);
  yield* readAnswer(once({ data: JSON.stringify(result.response) }), new ChunkEvents());
}

async function* once<T>(value: T): AsyncGenerator<T> {
  yield value;
}

/** The HTTP statuses for the codes of google.rpc.Status, which results contain. */
const statuses: Readonly<Record<number, number>> = {
  ...{ 2: 500, 3: 400, 5: 404, 6: 409, 7: 403, 8: 429, 9: 400 },
  ...{ 10: 409, 11: 400, 12: 501, 13: 500, 14: 503, 15: 500, 16: 401 },
};
/** CANCELLED and DEADLINE_EXCEEDED of google.rpc.Code */
const cancelled = 1;
const late = 4;

/** Converts a line's own error, or the failure of a whole batch. */
async function toFailure({ state, error }: Members): Promise<DualModeError> {
  const fix = "Ask for it again.";
  const code = isMembers(error) ? givenCount(error.code) : undefined;
  if (state === "EXPIRED" || code === late) {
    return new DualModeError("TIMEOUT", `${who} did not process this request in time.`, { fix });
  }
  if (state === "CANCELLED" || code === cancelled) {
    return new DualModeError("ABORTED", "This request was cancelled before it was answered.", {
      fix,
    });
  }
  if (!isMembers(error)) return unreadable(who, "a result without an answer or an error");
  const status = code === undefined ? undefined : (statuses[code] ?? code);
  return refusalError({ error }, { ...refusals, who: `${who} refused`, status });
}

/**
 * Returns why a whole batch was refused, if its lines are not at fault: it would be accepted later,
 * or after its owner has fixed the cause.
 */
export async function refusalOf(batch: Members): Promise<DualModeError | undefined> {
  if (batch.state === "EXPIRED" || batch.state === "CANCELLED") return undefined;
  const failure = await toFailure(batch);
  const isOwners = failure.code === "RATE_LIMITED" || failure.code === "QUOTA_EXHAUSTED";
  return isOwners ? failure : undefined;
}
