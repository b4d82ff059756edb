import { DualModeError } from "../error.ts";
import type { Call } from "./call.ts";
import { joinParts } from "./fold-parts.ts";
import type { KeptPart } from "./kept-parts.ts";
import { answerOf } from "./origin.ts";
import { runRoutes } from "./run-routes.ts";

/** The upstream side of a call: it lives while anybody waits for it. */
export class SharedWork<Options extends object> {
  readonly #call: Call<Options>;
  #signal: AbortSignal | undefined;
  #ended: Promise<void> | undefined;

  constructor(call: Call<Options>) {
    this.#call = call;
  }

  async *run(signal: AbortSignal): AsyncGenerator<KeptPart> {
    let end = () => {};
    this.#signal = signal;
    this.#ended = new Promise((resolve) => {
      end = resolve;
    });
    const controller = new AbortController();
    const stop = () => controller.abort(everybodyLeft());
    signal.addEventListener("abort", stop, { once: true });
    try {
      if (signal.aborted) stop();
      const answer = yield* this.#pieces({ ...this.#call, signal: controller.signal });
      yield answer;
    } finally {
      signal.removeEventListener("abort", stop);
      end();
    }
  }

  async *#pieces(call: Call<Options>): AsyncGenerator<KeptPart, KeptPart> {
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

  /** Where this call's work was told to stop, waits until it has. */
  async over(): Promise<void> {
    if (this.#signal?.aborted) await this.#ended;
  }
}

function everybodyLeft(): DualModeError {
  return new DualModeError("ABORTED", "Nobody waits for the answer any more.");
}
