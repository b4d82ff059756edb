import type { ResponseCache } from "@acc/cache";
import type { Code } from "../contract/code.ts";
import type { Part } from "../contract/part.ts";
import type { Reply } from "../contract/reply.ts";
import { DualModeError } from "../error.ts";
import type { Call } from "./call.ts";
import { isWorthKeeping, type KeptPart, splitKept } from "./kept-parts.ts";
import { cachedReply, freshReply } from "./reply.ts";
import { SharedWork } from "./shared-work.ts";

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
  sharing: Sharing,
): AsyncGenerator<Part, Reply> {
  for (;;) {
    const seat = new Seat();
    try {
      return yield* takeSeat(call, store, cid, sharing, seat);
    } catch (error) {
      const own = !seat.joined || seat.shown || call.signal.aborted;
      if (own || !DualModeError.is(error) || !leadersOwn.has(error.code)) throw error;
    }
  }
}

/** Ends of a call in flight that concern the caller who made it, and not those who joined. */
const leadersOwn: ReadonlySet<Code> = new Set(["DEADLINE_EXCEEDED", "ABORTED", "CLOSED"]);

/** What one look at the cache and its flights came to. */
class Seat {
  joined = false;
  /** Something has reached the caller. */
  shown = false;
}

async function* takeSeat<Options extends object>(
  call: Call<Options>,
  store: ResponseCache,
  cid: string,
  { tenant, refresh }: Sharing,
  seat: Seat,
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
    seat.joined = shared.outcome === "joined";
    call.report({ type: "cache", cid, hit: false });
    const kept: KeptPart[] = [];
    for await (const part of shared.parts) {
      kept.push(part);
      if (call.hold || part.type === "origin") continue;
      seat.shown = true;
      yield part;
    }
    return await freshReply(call, splitKept(kept), cid);
  } finally {
    await work.over();
  }
}
