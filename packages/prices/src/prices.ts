import { explainPrice } from "./explain-price.ts";
import type { TokenCounts } from "./explanation.ts";

/**
 * Returns what an answer cost in US dollars, by the vendor's list prices of today; undefined if
 * that is unknown, and `explainPrice` tells why. Pass it as the option `prices` of a client.
 */
export function prices(usage: TokenCounts, model: string, provider: string): number | undefined {
  return explainPrice(usage, model, provider).usd;
}
