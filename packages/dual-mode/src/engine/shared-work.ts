import { DualModeError } from "../error.ts";
import type { Call } from "./call.ts";
import { joinParts } from "./fold-parts.ts";
import type { KeptPart } from "./kept-parts.ts";
import { answerOf } from "./origin.ts";
import { runRoutes } from "./run-routes.ts";

interface Work {
  readonly signal: AbortSignal;
  readonly ended: Promise<void>;
}

/** The work under way in this process, by its flight. */
const underWay = new Map<string, Work>();

/** The upstream side of a call: it lives while anybody waits for it, whoever that is. */
export async function* sharedWork<Options extends object>(
  call: Call<Options>,
  flight: string,
  signal: AbortSignal,
): AsyncGenerator<KeptPart> {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const work: Work = { signal, ended };
  underWay.set(flight, work);
  const controller = new AbortController();
  const stop = () => controller.abort(everybodyLeft());
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  try {
    yield yield* pieces({ ...call, signal: controller.signal });
  } finally {
    signal.removeEventListener("abort", stop);
    if (underWay.get(flight) === work) underWay.delete(flight);
    end();
  }
}

/** Where everybody has left a flight, waits until its work has been wound up. */
export async function windUp(flight: string): Promise<void> {
  const work = underWay.get(flight);
  if (work?.signal.aborted) await work.ended;
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
  return new DualModeError("ABORTED", "Nobody waits for the answer any more.");
}
