import {
  type CanonicalRequest,
  DualModeError,
  givenText,
  isMembers,
  type Part,
  readAnswer,
  refusalError,
  unreadable,
} from "@acc/dual-mode/provider";
import { refusals } from "../../failure-rows.ts";
import { MessageEvents } from "../parts.ts";

export const who = "Claude's API";

export function resultsPath(id: string): string {
  return `/v1/messages/batches/${encodeURIComponent(id)}/results`;
}

/** The member of a result that contains the id of a line. */
export const idMember = "custom_id";

/** Reads the answer of one request in the same way as a streamed one. */
export async function* readResult(
  result: unknown,
  { model }: CanonicalRequest,
): AsyncGenerator<Part> {
  if (!isMembers(result)) throw unreadable(who, "a result that is not an object");
  if (result.type !== "succeeded") throw await toFailure(result);
  yield* readAnswer(once({ data: JSON.stringify(result.message) }), new MessageEvents(model));
}

async function* once<T>(value: T): AsyncGenerator<T> {
  yield value;
}

/**
 * Converts a failed result. A batch has 24 hours; what is not answered by then, or is cancelled,
 * costs nothing.
 */
async function toFailure({ type, error }: Record<string, unknown>): Promise<DualModeError> {
  const fix = "Ask for it again.";
  if (type === "expired") {
    return new DualModeError("TIMEOUT", `${who} did not process this request in time.`, { fix });
  }
  if (type === "canceled") {
    return new DualModeError("ABORTED", "The batch was cancelled before this request.", { fix });
  }
  const told = { ...refusals, who: `${who} refused`, types: typesOf(error) };
  return type === "errored"
    ? refusalError(error, told)
    : unreadable(who, "a result of an unknown type");
}

/** `{ type: "error", error: { type, message } }` */
function typesOf(error: unknown): string[] {
  const inner = isMembers(error) && isMembers(error.error) ? error.error : error;
  const type = isMembers(inner) ? givenText(inner.type) : undefined;
  return type === undefined ? [] : [type];
}
