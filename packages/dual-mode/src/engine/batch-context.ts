import type { RouteCredential, RunContext } from "../contract/mode-context.ts";
import type { BatchAccount } from "../contract/vendor-batches.ts";
import { DualModeError } from "../error.ts";
import { sha256 } from "../sha256.ts";
import { planRoutes, type Route } from "./plan-routes.ts";
import { runContext } from "./run-context.ts";
import { mostHelpful, skipFailure } from "./skip-failure.ts";
import { unlessAborted } from "./timers.ts";
import type { Listing } from "./usable-models.ts";

/**
 * Returns the context for requests about a vendor's batch. Of several keys it is always the same
 * one, because only the key that submitted a batch can access it.
 *
 * @param key The first digits of the SHA-256 of the key that submitted earlier batches
 * @throws {@link DualModeError} the reason if there is none
 */
export async function batchContext<Options extends object>(
  listing: Listing<Options>,
  key: string | undefined,
): Promise<RunContext<Options>> {
  const { provider, modes, keys, signal, logger } = listing;
  await unlessAborted(signal, keys.load());
  if (modes.known("sdk") === undefined) await modes.probe("sdk", signal, logger);
  const { sdk } = modes.facts();
  const { routes, skipped } = planRoutes({
    ...listing,
    only: "sdk",
    billing: "key",
    request: undefined,
    required: [],
    keys: keys.list,
    refusedKeys: keys.refused,
    missingKey: keys.missing,
    modes: sdk === undefined ? {} : { sdk },
    cooling: () => undefined,
  });
  const [route] = [...routes].sort((one, other) => (order(one, key) < order(other, key) ? -1 : 1));
  if (route !== undefined) return runContext(listing, route, modes.known("sdk"), signal);
  const helpful = mostHelpful(skipped);
  if (helpful !== undefined) throw skipFailure(helpful);
  throw new DualModeError("MISSING_CREDENTIALS", `Batches of ${provider.name} need a key.`);
}

/** Puts the key that submitted a batch before all others. */
function order({ credential }: Route, first: string | undefined): string {
  const digest = digestOf(credential);
  return first !== undefined && digest.startsWith(first) ? "" : digest;
}

function digestOf(credential: RouteCredential): string {
  return credential.kind === "key" ? sha256(credential.secret.reveal()).toString("hex") : "";
}

/** Returns the account that owns what is submitted in this context. */
export function accountOf({ credential, baseUrl }: RunContext<object>): BatchAccount {
  const url = baseUrl === undefined ? undefined : new URL(baseUrl);
  return {
    baseUrl: url === undefined ? null : `${url.origin}${url.pathname.replace(/\/+$/, "")}`,
    key: digestOf(credential).slice(0, 12),
  };
}
