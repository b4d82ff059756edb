import type { Availability } from "../contract/provider.ts";
import type { Call } from "./call.ts";
import type { Route } from "./plan-routes.ts";

type Open = Extract<Availability, { available: true }>;

/**
 * Probes a mode again whose last result became too old, or was dropped by another call, while this
 * one waited. Undefined if the route is no longer as planned.
 */
export async function stillThere<Options extends object>(
  { modes, signal, logger, required, provider }: Call<Options>,
  { mode, credential, ignored }: Route,
): Promise<Open | undefined> {
  const found = await modes.probe(mode, signal, logger);
  if (!found.available) return undefined;
  const able = new Set([...(found.supports ?? provider[mode]?.supports ?? []), ...ignored]);
  if (!required.every((feature) => able.has(feature))) return undefined;
  return credential.kind === "login" && found.login === false ? undefined : found;
}
