import type { Mode } from "../contract/mode.ts";
import type { ProviderMode } from "../contract/provider.ts";
import { featureNames } from "../request/feature-names.ts";

/**
 * Returns a stand-in for a mode that could not be loaded, whose probe reports the reason. It
 * declares all features, so that a plan reports that reason and not a missing feature.
 */
export function unloadedMode<Options>(name: Mode, why: string): ProviderMode<Options> {
  return {
    credentials: ["none"],
    supports: featureNames,
    probe: async () => ({
      available: false,
      code: "PROVIDER_FAULT",
      reason: `The provider could not load its ${name} mode: ${why}.`,
      fix: "Install the provider's package again, or tell its author.",
    }),
    async *run() {},
  };
}
