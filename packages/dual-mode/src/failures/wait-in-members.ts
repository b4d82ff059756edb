import { isMembers } from "../foreign/guards.ts";
import { believedWait } from "./believed-wait.ts";
import { resetTime } from "./reset-time.ts";

/** Members of a body in which servers name a wait, a duration or a number of seconds, or its end. */
const names = [
  "retryDelay",
  "retry_after",
  "retryAfter",
  "retry_after_seconds",
  "resets_in_seconds",
  "resets_at",
  "X-RateLimit-Reset",
];

/**
 * Milliseconds to wait, as the members of a body say, or those of the headers that a router tells in it.
 *
 * @param now Milliseconds since the epoch.
 */
export function waitInMembers(body: object, now: number): number | undefined {
  for (const name of names) {
    const wait = waitOf(Reflect.get(body, name), now);
    if (wait !== undefined) return wait;
  }
  const headers: unknown = Reflect.get(body, "headers");
  return isMembers(headers) && headers !== body ? waitInMembers(headers, now) : undefined;
}

/** A time that is over tells nothing. */
function waitOf(value: unknown, now: number): number | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const end = resetTime(String(value), now);
  return end === undefined ? undefined : believedWait(end - now);
}
