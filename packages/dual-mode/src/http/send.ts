import { abortReason } from "../cli/abort-reason.ts";
import { DualModeError } from "../error.ts";
import { networkError } from "./network-error.ts";
import { responseError } from "./response-error.ts";

/** What goes along with a request. */
export interface SendOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Reaches the socket, also while the body of the answer is read. */
  readonly signal: AbortSignal;
}

/** The answer if its status is 2xx. A redirect is not followed: the headers carry a key. */
export async function send(
  url: string | URL,
  init: RequestInit & { signal: AbortSignal },
): Promise<Response> {
  const response = await request(url, { ...init, redirect: "manual" });
  if (!response.ok) {
    throw await responseError(response, init.signal);
  }
  return response;
}

async function request(url: string | URL, init: RequestInit & { signal: AbortSignal }) {
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
