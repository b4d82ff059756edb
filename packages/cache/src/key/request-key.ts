import { CacheError } from "../error.ts";
import { encodeMap } from "./encode.ts";
import { explain } from "./explain.ts";
import { KnownCids } from "./known-cids.ts";
import { isPlainObject } from "./plain-object.ts";
import { Uncacheable } from "./uncacheable.ts";
import { Writer } from "./writer.ts";

/**
 * Incremented when the rules of the key or the list below change, so that new rules do not find old
 * entries.
 */
export const KEY_VERSION = 1;

/**
 * Top-level members of a request that cannot change the response. All others are part of the key,
 * including ones that are unknown today: a list of members to include would become outdated.
 */
export const KEY_IGNORES: ReadonlySet<string> = new Set([
  "apiKey",
  "apiKeys",
  "api_key",
  "signal",
  "abortSignal",
  "timeout",
  "retry",
  "retries",
  "maxRetries",
  "stream",
  "requestId",
  "request_id",
  "idempotencyKey",
  "traceId",
  "traceparent",
  "tracing",
  "refresh",
  "onEvent",
]);

const known = new KnownCids();

/**
 * Returns the CID of a request: a plain object with its defaults already merged in.
 *
 * @throws CacheError `NOT_CACHEABLE`, with `path` and `reason`, if there is no canonical form.
 */
export function requestKey(request: unknown): string {
  if (typeof request !== "object" || request === null || !isPlainObject(request)) {
    throw new CacheError(
      "NOT_CACHEABLE",
      "Not cacheable: the request is not a plain object. Send one.",
      {
        path: "request",
        reason: "is not a plain object",
      },
    );
  }
  const writer = new Writer();
  try {
    writer.head(0x80, 2);
    writer.head(0x00, KEY_VERSION);
    encodeMap(writer, request, 0, KEY_IGNORES);
    return known.of(writer.bytes());
  } catch (error) {
    throw error instanceof Uncacheable ? refusal(request, error) : error;
  } finally {
    writer.release();
  }
}

function refusal(request: Record<string, unknown>, { tooLarge }: Uncacheable): CacheError {
  const obstacle = tooLarge ? undefined : explain(request, "request", KEY_IGNORES);
  const found = obstacle ?? { path: "request", reason: "is too large" };
  const { path, reason } = found;
  const place = path.length > 120 ? `${path.slice(0, 60)}…${path.slice(-50)}` : path;
  const remedy = "Send plain JSON data there, or leave it out.";
  return new CacheError("NOT_CACHEABLE", `Not cacheable: ${place} ${reason}. ${remedy}`, found);
}
