import { DualModeError } from "../error.ts";
import { refuseDeepJson } from "../text/nesting.ts";
import { type SendOptions, send } from "./send.ts";

/** In bytes. */
const longestDocument = 16 * 1024 * 1024;

/**
 * Gets JSON. A redirect is not followed, because the headers carry a key.
 *
 * @throws {@link DualModeError} like `postJson`, `INVALID_OUTPUT` if the answer is not JSON or is
 * nested more than 200 levels deep, and `OUTPUT_TOO_LARGE` if it is over 16 MiB.
 */
export async function getJson(
  url: string | URL,
  { headers, signal, refusals }: SendOptions,
): Promise<unknown> {
  const init = { headers: { accept: "application/json", ...headers }, signal };
  const response = await send(url, init, { refusals, maxBytes: longestDocument });
  const text = await response.text();
  refuseDeepJson(text);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DualModeError("INVALID_OUTPUT", "The server's answer is not JSON.", { cause });
  }
}
