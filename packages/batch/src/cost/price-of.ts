import { type Prices, priceOfUsage, type Usage } from "@acc/dual-mode";

/** Returns what tokens cost in US dollars; undefined if it is unknown. */
export function priceOf(
  prices: Prices,
  usage: Usage,
  { provider, model }: { readonly provider: string; readonly model: string },
): number | undefined {
  if (typeof prices === "function") return prices(usage, model, provider);
  const price = Object.hasOwn(prices, model) ? prices[model] : undefined;
  return price && priceOfUsage(price, usage);
}
