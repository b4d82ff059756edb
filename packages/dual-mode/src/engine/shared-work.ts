import type { FlightHandle } from "@acc/cache";
import { DualModeError } from "../error.ts";
import type { Call } from "./call.ts";
import { joinParts } from "./fold-parts.ts";
import type { KeptPart } from "./kept-parts.ts";
import { answerOf } from "./origin.ts";
import { runRoutes } from "./run-routes.ts";

/** The upstream side of a shared call: it runs as long as any caller waits for it. */
export async function* sharedWork<Options extends object>(
  call: Call<Options>,
  signal: AbortSignal,
): AsyncGenerator<KeptPart> {
  const controller = new AbortController();
  const stop = () => controller.abort(everybodyLeft());
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  try {
    yield yield* pieces({ ...call, signal: controller.signal });
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** Waits until the work of a flight that all callers have left has been cleaned up. */
export async function windUp(flight: FlightHandle | undefined): Promise<void> {
  if (flight?.abandoned) await flight.ended;
}

async function* pieces<Options extends object>(
  call: Call<Options>,
): AsyncGenerator<KeptPart, KeptPart> {
  if (!call.hold) return answerOf(yield* runRoutes(call)).origin;
  const routes = runRoutes(call);
  for (;;) {
    const step = await routes.next();
    if (!step.done) continue;
    const { parts, origin } = answerOf(step.value);
    yield* joinParts(parts);
    return origin;
  }
}

function everybodyLeft(): DualModeError {
  return new DualModeError("ABORTED", "No caller waits for the answer any more.");
}
