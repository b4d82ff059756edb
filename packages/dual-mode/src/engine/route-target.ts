import type { RouteTarget } from "../credentials/route-identity.ts";
import type { Call } from "./call.ts";
import type { Route } from "./plan-routes.ts";

/** Returns the target of a route: its provider, address, model and credential. */
export function targetOf<Options extends object>(
  { provider, baseUrl, request, cliPlace }: Call<Options>,
  { mode, credential }: Pick<Route, "mode" | "credential">,
): RouteTarget {
  const { id } = provider;
  const { url } = baseUrl ?? {};
  return { provider: id, baseUrl: url, model: request.model, mode, credential, cliPlace };
}
