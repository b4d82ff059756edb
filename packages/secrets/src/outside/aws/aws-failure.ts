import { SecretsError } from "../../errors.ts";
import { firstLine } from "../../programs/first-line.ts";
import { refused, unavailable, unreadable } from "../store-error.ts";

/** Names of errors by which AWS says that it is away, slow, or limits its callers. */
const away =
  /^(ThrottlingException|Throttling|TooManyRequestsException|RequestLimitExceeded|LimitExceededException|InternalServiceError|InternalFailure|KMSInternalException|DependencyTimeoutException|ServiceUnavailable(Exception)?|TimeoutError|AbortError|RequestTimeout|NetworkingError)$/;

/** There is no such secret. */
export function isMissing(error: unknown): boolean {
  return nameOf(error) === "ResourceNotFoundException";
}

/** It is there, and marked to be deleted. */
export function isMarked(error: unknown): boolean {
  return nameOf(error) === "InvalidRequestException" && /deletion|deleted/i.test(messageOf(error));
}

/** What the SDK threw, as an error of ours: in its words, and without it, for it may hold what was sent. */
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
  // What cannot be read is quoted by its error, and may be a secret.
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
