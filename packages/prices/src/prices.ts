import { explainPrice } from "./explain-price.ts";
import type { TokenCounts } from "./explanation.ts";

/**
 * What an answer cost in US dollars, by the vendor's list prices of today; undefined where that is not
 * known, and `explainPrice` tells why. For the option `prices` of a client.
 */
export function prices(usage: TokenCounts, model: string, provider: string): number | undefined {
  return explainPrice(usage, model, provider).usd;
}
