import type { FlightHandle, ResponseCache } from "@acc/cache";
import type { Code } from "../contract/code.ts";
import type { Part } from "../contract/part.ts";
import type { Reply } from "../contract/reply.ts";
import { DualModeError } from "../error.ts";
import { cachedReply } from "./cached-reply.ts";
import type { Call } from "./call.ts";
import { mayPass } from "./failure-kinds.ts";
import { isTold } from "./fold-parts.ts";
import { freshReply } from "./fresh-reply.ts";
import { isWorthKeeping, type KeptPart, keptPart, splitKept } from "./kept-parts.ts";
import { toldOfLimit } from "./limit-wait.ts";
import { ofRecordings } from "./of-recordings.ts";
import { sharedWork, windUp } from "./shared-work.ts";
import { withAttempts } from "./with-attempts.ts";

/** The cache and key with which a call shares its answer. */
export interface Sharing {
  readonly store: ResponseCache;
  readonly cid: string;
  readonly tenant: string | undefined;
  readonly label: string | undefined;
  readonly refresh: boolean;
}

/** The result of looking for the answer in the cache and among the calls in flight. */
interface Seat {
  outcome: "none" | "hit" | "joined" | "computed";
  /** Whether something has reached the caller. */
  shown: boolean;
}

/**
 * Answers from the cache, from the same call already in flight, or by a call that others may join.
 */
export async function* runShared<Options extends object>(
  call: Call<Options>,
  sharing: Sharing,
): AsyncGenerator<Part, Reply> {
  let { refresh } = sharing;
  let spared = false;
  for (;;) {
    const seat: Seat = { outcome: "none", shown: false };
    try {
      return yield* takeSeat(call, { ...sharing, refresh }, seat);
    } catch (error) {
      if (seat.shown || call.signal.aborted || !DualModeError.is(error)) throw error;
      const isOutdated = seat.outcome === "hit" && error.code === "INVALID_OUTPUT";
      if (isOutdated && sharing.store.recording === undefined) {
        refresh = true;
      } else if (seat.outcome === "joined" && !spared && concernsOthers(call, error)) {
        spared = !leadersOwn.has(error.code);
      } else {
        throw error;
      }
    }
  }
}

/**
 * Failures of a call in flight that concern only the caller who made it, and not those who joined.
 */
const leadersOwn: ReadonlySet<Code> = new Set(["DEADLINE_EXCEEDED", "ABORTED", "CLOSED"]);

/**
 * Whether a failure of the joined call does not end this one. A chat that joined a stream is spared
 * a failure after which the stream could not try again, but only once.
 */
function concernsOthers({ hold }: Pick<Call<object>, "hold">, error: DualModeError): boolean {
  return leadersOwn.has(error.code) || (hold && mayPass(error));
}

async function* takeSeat<Options extends object>(
  call: Call<Options>,
  { store, cid, tenant, label, refresh }: Sharing,
  seat: Seat,
): AsyncGenerator<Part, Reply> {
  let flight: FlightHandle | undefined;
  try {
    const shared = await store.getOrStream<KeptPart>(cid, (signal) => sharedWork(call, signal), {
      tenant,
      label,
      refresh,
      flight: wayOf(call),
      onFlight: (joined) => {
        flight = joined;
      },
      signal: call.signal,
      keep: keptPart,
      shouldStore: isWorthKeeping,
    });
    seat.outcome = shared.outcome;
    if (shared.entry !== undefined) return yield* cachedReply(call, shared.entry, cid);
    call.report({ type: "cache", cid, hit: false });
    const told: KeptPart[] = [];
    for await (const part of shared.parts) {
      if (isTold(part)) told.push(part);
      if (call.hold || part.type === "origin") continue;
      seat.shown = true;
      yield part;
    }
    return await freshReply(call, splitKept(told), { cid, joined: shared.outcome === "joined" });
  } catch (error) {
    await windUp(flight);
    throw withAttempts(toldOfLimit(ofRecordings(error, store), call), call.attempts);
  } finally {
    await windUp(flight);
  }
}

/**
 * Identifies the way a call is made: callers join each other only if they would use the same
 * routes, CLI, login, billing and timeouts.
 */
function wayOf<Options extends object>(call: Call<Options>): string {
  const { prefer, only, billing, shared, lenient, retry, keys, cliPlace, timeouts } = call;
  const { bounds, waitForLimits } = call;
  const { firstPart, idle } = timeouts;
  return JSON.stringify([
    prefer,
    only,
    billing,
    shared,
    [...lenient],
    retry,
    bounds,
    waitForLimits,
    keys.identity,
    cliPlace,
    firstPart,
    idle,
  ]);
}
