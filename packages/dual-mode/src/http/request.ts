import { abortReason } from "../abort-reason.ts";
import { DualModeError } from "../error.ts";
import { networkError } from "./network-error.ts";

/**
 * Sends one request. A redirect is not followed, because the headers carry a key, and the body a
 * prompt.
 *
 * @throws {@link DualModeError} the signal's reason; `NETWORK` or `TIMEOUT` where no answer came;
 * `INVALID_REQUEST` for a URL or header that cannot be sent.
 */
export async function request(
  url: string | URL,
  init: RequestInit & { signal: AbortSignal },
): Promise<Response> {
  try {
    return await fetch(url, { ...init, redirect: "manual" });
  } catch (error) {
    if (init.signal.aborted) throw abortReason(init.signal);
    // The error of `fetch` for a bad header quotes its value, which may be the key: it is not
    // passed on as a cause.
    throw (
      networkError(error) ??
      new DualModeError("INVALID_REQUEST", "The URL or a header cannot be sent.", {
        fix: "Check the base URL, and the key for line breaks.",
      })
    );
  }
}
