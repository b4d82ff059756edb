import type { Availability } from "../contract/provider.ts";
import type { Call } from "./call.ts";
import type { Route } from "./plan-routes.ts";

type Open = Extract<Availability, { available: true }>;

/**
 * Looks again at a mode whose finding has grown old, or was taken back by another call, while this one
 * waited. Undefined where the route is no longer what it was planned as.
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
