import type { Mode } from "../contract/mode.ts";
import type { ProviderMode } from "../contract/provider.ts";
import { featureNames } from "../request/feature-names.ts";

/**
 * What stands for a mode that could not be loaded: a mode whose probe says why it cannot be used. It
 * declares everything, so that a plan says so and not what it lacks.
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
