import { type SendOptions, send } from "./send.ts";

/**
 * Posts JSON and returns the answer if its status is 2xx. A redirect is not followed, because the
 * headers carry a key.
 *
 * @throws {@link DualModeError} the signal's reason; `NETWORK` or `TIMEOUT` where no answer came;
 * what a refusal means; `INVALID_REQUEST` for a URL or header that cannot be sent. Its
 * body throws `OUTPUT_TOO_LARGE` beyond 64 MiB.
 */
export function postJson(
  url: string | URL,
  body: unknown,
  { headers, signal, refusals, asEvents }: SendOptions,
): Promise<Response> {
  const init = {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
    signal,
  };
  return send(url, init, { refusals, asEvents });
}
