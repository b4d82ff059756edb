import type { UsableModels } from "../contract/client.ts";
import { routeIdentity } from "../credentials/route-identity.ts";
import { DualModeError } from "../error.ts";
import { attemptError } from "./attempt-error.ts";
import type { Call } from "./call.ts";
import { thrownAtOnce } from "./failure-kinds.ts";
import { type Plan, planRoutes, type Route } from "./plan-routes.ts";
import { runContext } from "./run-context.ts";
import { mostHelpful, skipFailure } from "./skip-failure.ts";
import { unlessAborted } from "./timers.ts";

/** A call without a request, for one listing of models. */
export type Listing<Options extends object> = Omit<
  Call<Options>,
  "request" | "schema" | "required" | "hold"
>;

/**
 * Returns the models that can be used, from the first route for which the vendor lists them; each
 * route is asked once.
 *
 * @throws {@link DualModeError} the failure of the last route, or the reason why there was none to
 * ask
 */
export async function usableModels<Options extends object>(
  listing: Listing<Options>,
): Promise<UsableModels> {
  const { provider, keys, signal } = listing;
  await unlessAborted(signal, keys.load());
  const tried = new Set<string>();
  let failure: DualModeError | undefined;
  for (;;) {
    const { routes, skipped } = await planListing(listing);
    const route = routes.find((each) => !tried.has(routeIdentity(each)));
    if (route === undefined) throw failure ?? noRoute(provider.name, skipped);
    tried.add(routeIdentity(route));
    try {
      const models = await ask(listing, route);
      return { models, mode: route.mode, credential: route.credential.source };
    } catch (thrown) {
      signal.throwIfAborted();
      failure = listingError(provider.name, attemptError(thrown));
      if (thrownAtOnce.has(failure.code)) throw failure;
      if (failure.code === "AUTHENTICATION_FAILED") await unlessAborted(signal, keys.askAgain());
    }
  }
}

async function planListing<Options extends object>(listing: Listing<Options>): Promise<Plan> {
  const { provider, modes, keys, only, signal } = listing;
  const able = (["cli", "sdk"] as const).filter(
    (mode) => provider[mode]?.listModels !== undefined && (only ?? mode) === mode,
  );
  for (const mode of able) {
    if (modes.known(mode) === undefined) await modes.probe(mode, signal, listing.logger);
  }
  const facts = modes.facts();
  return planRoutes({
    ...listing,
    request: undefined,
    required: [],
    keys: keys.list,
    refusedKeys: keys.refused,
    missingKey: keys.missing,
    modes: Object.fromEntries(able.map((mode) => [mode, facts[mode]])),
    cooling: () => undefined,
  });
}

async function ask<Options extends object>(
  listing: Listing<Options>,
  route: Route,
): Promise<readonly string[]> {
  const { firstPart } = listing.timeouts;
  const late = new AbortController();
  const reason = new DualModeError("TIMEOUT", `No list of models came for ${firstPart} ms.`);
  const timer = setTimeout(() => late.abort(reason), firstPart);
  const signal = AbortSignal.any([listing.signal, late.signal]);
  try {
    const { modes, logger } = listing;
    const known = modes.known(route.mode) ?? (await modes.probe(route.mode, signal, logger));
    const context = runContext(listing, route, known, signal);
    const told = listing.provider[route.mode]?.listModels?.(context);
    return checked(await unlessAborted(signal, told));
  } finally {
    clearTimeout(timer);
  }
}

function checked(models: readonly string[] | undefined): readonly string[] {
  if (Array.isArray(models) && models.every((model) => typeof model === "string")) return models;
  throw new DualModeError("PROVIDER_FAULT", "The provider's listModels returned no list of names.");
}

/** If the list itself is not found, the server has none. */
function listingError(provider: string, error: DualModeError): DualModeError {
  if (error.code !== "MODEL_NOT_FOUND" && error.code !== "WRONG_ADDRESS") return error;
  const { message, status, requestId, cause } = error;
  const told = `${cannot(provider)} ${message}`;
  return new DualModeError("UNSUPPORTED_FEATURE", told, { status, requestId, cause });
}

function noRoute(provider: string, skipped: Plan["skipped"]): DualModeError {
  const helpful = mostHelpful(skipped);
  return helpful === undefined
    ? new DualModeError("UNSUPPORTED_FEATURE", cannot(provider))
    : skipFailure(helpful);
}

function cannot(provider: string): string {
  return `${provider} does not report here which models can be used.`;
}
