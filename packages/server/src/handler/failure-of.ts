import { DualModeError } from "@acc/dual-mode";
import { isUnpaid } from "../access/is-unpaid.ts";
import type { Caller, Refusal } from "../contract/access.ts";
import { InvalidBody } from "../wires/body/invalid-body.ts";
import type { Failure } from "../wires/wire.ts";

/**
 * Failures whose messages are about the request, and not about the server or its owner's accounts.
 */
const ofRequest: ReadonlySet<string> = new Set([
  "INVALID_REQUEST",
  "UNSUPPORTED_FEATURE",
  "CONTEXT_TOO_LONG",
  "MODEL_NOT_FOUND",
]);

/**
 * A failure as its reader may see it: complete for the owner, nothing about the server for others.
 */
export function failureOf(error: unknown, caller: Caller | undefined): Failure {
  if (error instanceof InvalidBody) {
    const { message, param } = error;
    return { code: "INVALID_REQUEST", message, ...(param !== undefined && { param }) };
  }
  if (!DualModeError.is(error)) return { code: "SERVER_ERROR", message: general };
  const { code, retryAfter } = error;
  const isShown = caller?.kind === "owner" || ofRequest.has(code);
  const message = isShown ? withFix(error) : (messages[code] ?? general);
  return {
    code,
    message,
    ...(retryAfter !== undefined && { retryAfter }),
    lasting: !error.retryable,
    unpaid: isUnpaid(error),
  };
}

export function refusalFailure({ status, code, message, retryAfter }: Refusal): Failure {
  return { status, code, message, ...(retryAfter !== undefined && { retryAfter }) };
}

function withFix({ message, fix }: DualModeError): string {
  return fix === undefined ? message : `${message} ${fix}`;
}

const general = "The server could not get an answer.";
const messages: Readonly<Partial<Record<string, string>>> = {
  CONTENT_FILTERED: "The answer was withheld by the vendor's filter.",
  RATE_LIMITED: "The model is asked too often: ask again later.",
  QUOTA_EXHAUSTED: "The model's account has nothing left for now.",
  OVERLOADED: "The model is overloaded: ask again later.",
  TIMEOUT: "The model did not answer in time.",
  DEADLINE_EXCEEDED: "The model did not answer in time.",
  CLOSED: "The server is being closed.",
};
