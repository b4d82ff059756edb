import { abortReason } from "../cli/abort-reason.ts";
import { firstWords } from "../cli/excerpt.ts";
import { DualModeError } from "../error.ts";
import { readForeignBody } from "../text/foreign-body.ts";
import { foreignText } from "../text/foreign-text.ts";
import { retryAfter } from "./retry-after.ts";
import { statusToCode } from "./status-to-code.ts";

/**
 * The error for an answer that is not 2xx: its status's code, `Retry-After`, and the message of its
 * body, shortened and redacted. Reads at most 64 KiB of the body.
 */
export async function responseError(
  response: Response,
  signal: AbortSignal,
): Promise<DualModeError> {
  const { status, headers } = response;
  const body = await readForeignBody(response.body);
  if (signal.aborted) {
    return abortReason(signal);
  }
  const after = retryAfter(headers);
  const words = firstWords(messageOf(body));
  const message = `The server answered ${status}${words === "" ? "." : `: ${words}`}`;
  return new DualModeError(statusToCode(status, foreignText(body)), message, {
    status,
    ...(after !== undefined && { retryAfter: after }),
    ...(status >= 300 && status < 400 && { fix: "It redirects: set the base URL it leads to." }),
  });
}

/** `error.message`, `error`, or `message` of a JSON body; of any other the text. */
function messageOf(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body);
    const error = member(parsed, "error") ?? parsed;
    const message = member(error, "message") ?? error;
    return typeof message === "string" ? message : body;
  } catch {
    return body;
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
