import { abortReason } from "../cli/abort-reason.ts";
import { DualModeError } from "../error.ts";
import { networkError } from "./network-error.ts";
import { type SendOptions, send } from "./send.ts";

/**
 * Gets JSON. A redirect is not followed: the headers carry a key.
 *
 * @throws {@link DualModeError} as `postJson` does, and `INVALID_OUTPUT` where the answer is no JSON.
 */
export async function getJson(
  url: string | URL,
  { headers, signal }: SendOptions,
): Promise<unknown> {
  const response = await send(url, { headers: { accept: "application/json", ...headers }, signal });
  try {
    return await response.json();
  } catch (error) {
    if (signal.aborted) throw abortReason(signal);
    const message = "The server's answer is not JSON.";
    throw networkError(error) ?? new DualModeError("INVALID_OUTPUT", message, { cause: error });
  }
}
