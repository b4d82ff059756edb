import type { Attempt } from "../contract/reply.ts";
import type { Call } from "./call.ts";
import type { Plan, Route } from "./plan.ts";

/** A door that would have come first and is closed counts as an attempt that failed at once. */
export function noteClosedDoor<Options extends object>(
  call: Call<Options>,
  plan: Plan,
  route: Route,
): void {
  if (route.mode === call.prefer) return;
  const closed = plan.skipped.find(({ mode, closed }) => mode === call.prefer && closed);
  if (closed === undefined || call.attempts.some(({ mode }) => mode === closed.mode)) return;
  const { mode, code, reason, fix } = closed;
  const attempt: Attempt = {
    provider: call.provider.id,
    mode,
    credential: "none",
    model: call.request.model,
    code,
    reason,
    ...(fix && { fix }),
    ms: 0,
  };
  call.attempts.push(attempt);
  call.report({ type: "attempt-end", attempt });
}
