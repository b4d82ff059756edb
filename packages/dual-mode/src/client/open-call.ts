import type { CallOptions, PromptCache } from "../contract/call-options.ts";
import type { KeyPool } from "../credentials/key-pool.ts";
import type { BaseUrl } from "../credentials/resolve-base-url.ts";
import { type BatchedOptions, batched } from "../engine/batched.ts";
import type { Call } from "../engine/call.ts";
import { cliPlace } from "../engine/cli-source.ts";
import type { ProbedModes } from "../engine/probed-modes.ts";
import { resolveTimeouts } from "../engine/timers.ts";
import type { Listing } from "../engine/usable-models.ts";
import type { CallEvents } from "../events/call-events.ts";
import { loggerOf } from "../events/logger-of.ts";
import { nextTicket } from "../pace/lanes.ts";
import { requiredFeatures } from "../request/required-features.ts";
import { lenientFeatures } from "../request/without-features.ts";
import type { Writable } from "../writable.ts";
import type { LoadedParts } from "./client-parts.ts";
import type { PreparedCall } from "./prepare-call.ts";

/** The parts of a client from which it makes its calls. */
export interface CallParts<Options extends object> extends LoadedParts<Options> {
  readonly modes: ProbedModes<Options>;
  readonly pool: KeyPool;
}

/** The bounds of one call. */
export interface CallFrame extends Pick<Call<object>, "signal" | "deadline" | "hold"> {
  readonly events: CallEvents;
}

/** Collects everything that one call needs. */
export function openCall<Options extends object>(
  parts: CallParts<Options>,
  { request: { canonical, schema }, asked, baseUrl }: PreparedCall,
  frame: CallFrame,
): Call<Options> {
  const call = openListing(parts, asked, frame, baseUrl) as Writable<Call<Options>>;
  call.request = canonical;
  call.schema = schema;
  call.required = requiredFeatures(canonical);
  call.hold = frame.hold;
  return call;
}

/**
 * Returns what a call needs besides its request. Each member is set by name: V8 turns so many
 * spread members into a dictionary, which takes more time and memory.
 */
export function openListing<Options extends object>(
  { provider, options, own, modes, pool }: CallParts<Options>,
  asked: CallOptions,
  { events, signal, deadline }: Omit<CallFrame, "hold">,
  baseUrl: BaseUrl | undefined,
): Listing<Options> {
  const only = asked.only ?? options.only;
  const byBatch = (asked as BatchedOptions)[batched];
  const listing: Writable<Listing<Options>> = {
    provider,
    options: own,
    prefer: asked.prefer ?? options.prefer ?? "sdk",
    only,
    billing: asked.billing ?? options.billing ?? "any",
    shared: [asked.tenant, asked.user, options.tenant, options.user].some(Boolean),
    lenient: lenientFeatures(asked.lenient ?? options.lenient),
    promptCache: promptCacheTime(asked.promptCache ?? options.promptCache),
    retry: byBatch ? 0 : (options.retry ?? 2),
    bounds: { concurrency: options.concurrency, rate: options.rate },
    waitForLimits: asked.waitForLimits ?? options.waitForLimits ?? options.retry !== 0,
    ticket: nextTicket(),
    held: { since: undefined, route: undefined },
    state: options.state,
    keys: pool.open(asked.user ?? options.user),
    baseUrl,
    prices: options.prices ?? {},
    cliEnv: options.cli?.env ?? {},
    cliPlace: provider.cli && only !== "sdk" ? cliPlace(options, process.env) : "",
    modes,
    timeouts: resolveTimeouts(options.timeout, asked.timeout),
    attempts: [],
    notices: [],
    report: (event) => events.report(event),
    replied: (reply, joined) => events.replied(reply, joined),
    logger: loggerOf(events),
    signal,
    deadline,
  };
  const standby = standbyFor(options, asked);
  if (byBatch) listing.batched = byBatch;
  if (standby) listing.standby = standby;
  return listing;
}

/** How long a standby process waits if the caller does not say, in ms. */
const usualWait = 60_000;

function standbyFor(
  { standby = 0, tenant, user }: CallParts<object>["options"],
  asked: CallOptions,
): Call<object>["standby"] {
  const { count, ttl = usualWait } = typeof standby === "number" ? { count: standby } : standby;
  if (count === 0) return undefined;
  const scope = JSON.stringify([asked.tenant ?? tenant, asked.user ?? user]);
  return { count, ttl, scope };
}

function promptCacheTime(asked: PromptCache | undefined): "5m" | "1h" | undefined {
  return asked === true ? "5m" : asked || undefined;
}
