import { abortReason } from "../cli/abort-reason.ts";
import { DualModeError } from "../error.ts";
import { networkError } from "./network-error.ts";
import { responseError } from "./response-error.ts";

export interface PostOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Reaches the socket, also while the body of the answer is read. */
  readonly signal: AbortSignal;
}

/**
 * Posts JSON and gives the answer if its status is 2xx. A redirect is not followed: the headers
 * carry a key.
 *
 * @throws {@link DualModeError} the signal's reason; `NETWORK` or `TIMEOUT` where no answer came;
 * by its status for any other answer; `INVALID_REQUEST` for a URL or header that cannot be sent.
 */
export async function postJson(
  url: string | URL,
  body: unknown,
  { headers, signal }: PostOptions,
): Promise<Response> {
  const response = await send(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
    redirect: "manual",
    signal,
  });
  if (!response.ok) {
    throw await responseError(response, signal);
  }
  return response;
}

async function send(url: string | URL, init: RequestInit & { signal: AbortSignal }) {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (init.signal.aborted) {
      throw abortReason(init.signal);
    }
    // What fetch says of a bad header quotes its value, which may be the key: no cause is given.
    throw (
      networkError(error) ??
      new DualModeError("INVALID_REQUEST", "The URL or a header cannot be sent.", {
        fix: "Look at the base URL, and at the key for line breaks.",
      })
    );
  }
}
