import { DualModeError, type RunContext } from "@acc/dual-mode/provider";
import { openClient } from "./client.ts";
import { toError } from "./error.ts";

/** The models that the key can use, on one page: the API does not tell apart which of them are for speech. */
export async function listModels(context: RunContext<object>): Promise<readonly string[]> {
  const { signal } = context;
  try {
    const client = await openClient(context, "application/json");
    const { data } = await client.models.list({ signal });
    const names = data.map(({ id }) => id);
    if (names.length === 0 || names.includes(undefined as never)) throw noList();
    return names;
  } catch (thrown) {
    signal.throwIfAborted();
    const error = toError(thrown);
    throw error instanceof TypeError ? noList(error) : error;
  }
}

/** The SDK gives whatever came for a list. */
function noList(cause?: unknown): DualModeError {
  return new DualModeError("INVALID_OUTPUT", "Groq's API gave no list of models.", { cause });
}
