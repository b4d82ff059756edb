import type { Attempt } from "../contract/reply.ts";
import type { Call } from "./call.ts";
import type { Route } from "./plan.ts";

/** Looks whether a route's door is there; one that is not counts as an attempt that failed. */
export async function probeRoute<Options extends object>(
  call: Call<Options>,
  { mode, credential }: Route,
  attempts: Attempt[],
): Promise<void> {
  const started = performance.now();
  const availability = await call.modes.probe(mode);
  if (availability.available) return;
  const { code, reason, fix } = availability;
  const attempt: Attempt = {
    provider: call.provider.id,
    mode,
    credential: credential.source,
    model: call.request.model,
    code,
    reason,
    fix,
    ms: Math.round(performance.now() - started),
  };
  attempts.push(attempt);
  call.report({ type: "attempt-end", attempt });
}
