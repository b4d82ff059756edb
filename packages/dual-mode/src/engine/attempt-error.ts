import { redact } from "@acc/secrets/redact";
import { DualModeError } from "../error.ts";
import { networkError } from "../http/network-error.ts";

/** Whatever a mode threw, as the error that the engine acts on; no secret is left in it. */
export function attemptError(thrown: unknown): DualModeError {
  const error = DualModeError.is(thrown) ? thrown : (networkError(thrown) ?? providerFault(thrown));
  return new DualModeError(error.code, redact(error.message), {
    ...(error.fix === undefined ? {} : { fix: redact(error.fix) }),
    ...(error.status === undefined ? {} : { status: error.status }),
    ...(error.retryAfter === undefined ? {} : { retryAfter: error.retryAfter }),
    ...(error.cause === undefined ? {} : { cause: redactedCause(error.cause) }),
  });
}

function providerFault(thrown: unknown): DualModeError {
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  return new DualModeError(
    "PROVIDER_FAULT",
    `The provider threw an error without a code: ${said}`,
    {
      cause: thrown,
    },
  );
}

/** A copy that keeps name, message, stack and cause, and nothing that could hold a header or a key. */
function redactedCause(cause: unknown, depth = 0): unknown {
  if (!(cause instanceof Error)) return redact(String(cause));
  const inner =
    cause.cause === undefined || depth > 4 ? {} : { cause: redactedCause(cause.cause, depth + 1) };
  const copy = new Error(redact(cause.message), inner);
  copy.name = redact(cause.name);
  if (cause.stack !== undefined) copy.stack = redact(cause.stack);
  return copy;
}
