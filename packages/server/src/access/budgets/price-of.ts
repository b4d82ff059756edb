import { type Prices, priceOfUsage, type Usage } from "@acc/dual-mode";
import type { Target } from "../../contract/access.ts";

/**
 * Returns what tokens cost in US dollars, by the prices that clients of `@acc/dual-mode` take;
 * undefined if unknown.
 */
export function priceOf(
  prices: Prices | undefined,
  usage: Usage,
  { provider, model }: Target,
): number | undefined {
  if (prices === undefined || model === undefined) return undefined;
  if (typeof prices === "function") return given(() => prices(usage, model, provider));
  const price = Object.hasOwn(prices, model) ? prices[model] : undefined;
  return price && given(() => priceOfUsage(price, usage));
}

/**
 * The caller's function may throw and may return anything: what is not a price is treated as
 * unknown.
 */
function given(ask: () => unknown): number | undefined {
  try {
    const amount = ask();
    return typeof amount === "number" && amount >= 0 && amount < Infinity ? amount : undefined;
  } catch {
    return undefined;
  }
}
