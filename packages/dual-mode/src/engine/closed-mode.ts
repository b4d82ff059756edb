import { failedAttempt } from "./attempt.ts";
import type { Call } from "./call.ts";
import type { Plan, Route } from "./plan-routes.ts";
import { skipFailure } from "./skip-failure.ts";

/** Notes a failed attempt for a mode that would have come first but cannot be used. */
export function noteClosedMode<Options extends object>(
  call: Call<Options>,
  plan: Plan,
  route: Route,
): void {
  if (route.mode === call.prefer) return;
  const closed = plan.skipped.find(({ mode, closed }) => mode === call.prefer && closed);
  if (closed === undefined || call.attempts.some(({ mode }) => mode === closed.mode)) return;
  const { mode } = closed;
  const target = {
    provider: call.provider.name,
    mode,
    credential: "none",
    model: call.request.model,
  };
  const attempt = failedAttempt(target, skipFailure(closed), 0);
  call.attempts.push(attempt);
  call.report({ type: "attempt-end", attempt });
}
