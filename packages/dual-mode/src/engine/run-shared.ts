import type { ResponseCache } from "@acc/cache";
import type { Part } from "../contract/part.ts";
import type { Reply } from "../contract/reply.ts";
import { DualModeError } from "../error.ts";
import type { Call } from "./call.ts";
import { joinParts } from "./fold-parts.ts";
import { isWorthKeeping, type KeptPart, splitKept } from "./kept-parts.ts";
import { answerOf } from "./origin.ts";
import { cachedReply, freshReply } from "./reply.ts";
import { runRoutes } from "./run-routes.ts";

/** How a call shares what it gets. */
export interface Sharing {
  readonly tenant: string | undefined;
  readonly refresh: boolean;
}

/** Answers from the cache, from the same call already in flight, or by a call that others may join. */
export async function* runShared<Options extends object>(
  call: Call<Options>,
  store: ResponseCache,
  cid: string,
  { tenant, refresh }: Sharing,
): AsyncGenerator<Part, Reply> {
  const work = new SharedWork(call);
  try {
    const shared = await store.getOrStream<KeptPart>(cid, (signal) => work.run(signal), {
      tenant,
      refresh,
      signal: call.signal,
      shouldStore: isWorthKeeping,
    });
    if (shared.entry !== undefined) return yield* cachedReply(call, shared.entry.value, cid);
    call.report({ type: "cache", cid, hit: false });
    const kept: KeptPart[] = [];
    for await (const part of shared.parts) {
      kept.push(part);
      if (!call.hold && part.type !== "origin") yield part;
    }
    return await freshReply(call, splitKept(kept), cid);
  } finally {
    await work.over();
  }
}

/** The upstream side of a call: it lives while anybody waits for it. */
class SharedWork<Options extends object> {
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
