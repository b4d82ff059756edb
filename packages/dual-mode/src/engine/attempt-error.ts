import { DualModeError } from "../error.ts";
import { believedId } from "../failures/believed-id.ts";
import { believedWait } from "../failures/believed-wait.ts";
import { networkError } from "../http/network-error.ts";
import { foreignText, foreignWindow } from "../text/foreign-text.ts";
import { withDetails } from "../with-details.ts";

/**
 * Converts anything that a mode threw into the error on which the engine acts. Known secrets are
 * removed, and each of its texts has the length limit of a foreign text.
 */
export function attemptError(thrown: unknown): DualModeError {
  const error = DualModeError.is(thrown) ? thrown : (networkError(thrown) ?? providerFault(thrown));
  return withDetails(error, {
    message: foreignText(error.message),
    fix: error.fix === undefined ? undefined : foreignText(error.fix),
    retryAfter: believedWait(error.retryAfter),
    requestId: believedId(error.requestId),
    text: error.text === undefined ? undefined : foreignText(error.text, foreignWindow),
    cause: error.cause === undefined ? undefined : redactedCause(error.cause),
    attempts: [],
    causes: [],
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

/**
 * Returns a copy with only the name, message, stack and cause, so that it cannot hold a header or a
 * key.
 */
function redactedCause(cause: unknown, depth = 0): unknown {
  if (!(cause instanceof Error)) return foreignText(String(cause));
  const inner =
    cause.cause === undefined || depth > 4 ? {} : { cause: redactedCause(cause.cause, depth + 1) };
  const copy = new Error(foreignText(cause.message), inner);
  copy.name = foreignText(cause.name);
  if (cause.stack !== undefined) copy.stack = foreignText(cause.stack);
  return copy;
}
