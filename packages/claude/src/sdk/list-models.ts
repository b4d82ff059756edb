import { DualModeError, type RunContext } from "@acc/dual-mode/provider";
import { openClient } from "./client.ts";
import { toError } from "./error.ts";

/** The most that the API gives on a page. */
const limit = 1000;

/** The models that the key can use; the API has them page by page, the newest first. */
export async function listModels(context: RunContext<object>): Promise<readonly string[]> {
  const { signal } = context;
  const names: string[] = [];
  try {
    const client = await openClient(context, "application/json");
    for await (const { id } of client.models.list({ limit }, { signal })) names.push(id);
  } catch (thrown) {
    signal.throwIfAborted();
    const error = toError(thrown);
    throw error instanceof TypeError ? noList(error) : error;
  }
  if (names.length === 0 || names.includes(undefined as never)) throw noList();
  return names;
}

/** The SDK reads whatever came as a page, as far as it can. */
function noList(cause?: unknown): DualModeError {
  return new DualModeError("INVALID_OUTPUT", "Claude's API gave no list of models.", { cause });
}
