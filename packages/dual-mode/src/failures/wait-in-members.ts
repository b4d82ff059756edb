import { isMembers } from "../foreign/guards.ts";
import { believedWait } from "./believed-wait.ts";
import { resetTime } from "./reset-time.ts";

/**
 * Members of a body in which servers write a wait, as a duration, as a number of seconds, or as its
 * end.
 */
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
 * Returns the wait in ms from the members of a body, or from the headers that a router includes in
 * it.
 *
 * @param now The current time in ms since the epoch.
 */
export function waitInMembers(body: object, now: number): number | undefined {
  for (const name of names) {
    const wait = waitOf(Reflect.get(body, name), now);
    if (wait !== undefined) return wait;
  }
  const headers: unknown = Reflect.get(body, "headers");
  return isMembers(headers) && headers !== body ? waitInMembers(headers, now) : undefined;
}

/** Undefined for a time that has passed. */
function waitOf(value: unknown, now: number): number | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const end = resetTime(String(value), now);
  return end === undefined ? undefined : believedWait(end - now);
}
