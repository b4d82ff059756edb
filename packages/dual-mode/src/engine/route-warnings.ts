import type { Warning } from "../contract/part.ts";
import type { CredentialKind } from "../contract/provider.ts";
import type { Route } from "./plan-routes.ts";

/** Returns the warnings for an answer of this route. */
export function routeWarnings(route: Route, payer: CredentialKind | undefined): readonly Warning[] {
  const warnings: Warning[] = [];
  const { kind, source } = route.credential;
  if (payer !== undefined && payer !== kind) {
    warnings.push({
      code: "PAYER_CHANGED",
      message: `The call moved from a ${payer} to a ${kind} (${source}): someone else may be billed for it.`,
    });
  }
  if (route.ignored.length > 0) {
    warnings.push({
      code: "FEATURE_IGNORED",
      message: `The ${route.mode} mode does not support ${route.ignored.join(", ")}; the answer was made without it.`,
      features: route.ignored,
    });
  }
  return warnings;
}
