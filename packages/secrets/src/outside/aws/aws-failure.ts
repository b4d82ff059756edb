import { SecretsError } from "../../errors.ts";
import { firstLine } from "../../programs/first-line.ts";
import { refused, unavailable, unreadable } from "../store-error.ts";

/** Names of the errors for an AWS service that is down, too slow, or limits its callers. */
const away =
  /^(ThrottlingException|Throttling|TooManyRequestsException|RequestLimitExceeded|LimitExceededException|InternalServiceError|InternalFailure|KMSInternalException|DependencyTimeoutException|ServiceUnavailable(Exception)?|TimeoutError|AbortError|RequestTimeout|NetworkingError)$/;

/** Returns true if the secret does not exist. */
export function isMissing(error: unknown): boolean {
  return nameOf(error) === "ResourceNotFoundException";
}

/** Returns true if the secret exists and is scheduled for deletion. */
export function isMarked(error: unknown): boolean {
  return nameOf(error) === "InvalidRequestException" && /deletion|deleted/i.test(messageOf(error));
}

/**
 * Turns an error of the SDK into a `SecretsError`. A refusal keeps the first line of the SDK's
 * message. The error itself is never kept as the cause: it may contain the request.
 */
export function awsFailure(what: string, error: unknown): SecretsError {
  if (SecretsError.is(error)) return error;
  const name = nameOf(error);
  const status = (error as { $metadata?: { httpStatusCode?: unknown } }).$metadata?.httpStatusCode;
  const code = (error as { code?: unknown }).code;
  const words = firstLine(messageOf(error));
  const isAway =
    away.test(name) ||
    (typeof status === "number" && (status >= 500 || status === 429)) ||
    (typeof code === "string" && /^(E[A-Z]+|UND_ERR_[A-Z_]+)$/.test(code));
  if (isAway) return unavailable(`AWS cannot answer for ${what} (${name}).`);
  // A parse error quotes the response, which may contain a secret.
  if (error instanceof SyntaxError || (typeof status === "number" && status < 300)) {
    return unreadable(`What answers for ${what} is not AWS, or broke off. Look at the endpoint.`);
  }
  return refused(`AWS refuses ${what} (${name})${words === "" ? "" : `: ${words}`}`);
}

function nameOf(error: unknown): string {
  const { name } = (error ?? {}) as { name?: unknown };
  return typeof name === "string" && /^[\w.]+$/.test(name) ? name : "Error";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "";
}
