import type { Price, Prices, Usage } from "@acc/dual-mode";
import type { Target } from "../../contract/access.ts";

/** What tokens cost in US dollars, by the prices that clients of `@acc/dual-mode` take; undefined where that is not known. */
export function priceOf(
  prices: Prices | undefined,
  usage: Usage,
  { provider, model }: Target,
): number | undefined {
  if (prices === undefined || model === undefined) return undefined;
  if (typeof prices === "function") return given(() => prices(usage, model, provider));
  const price = Object.hasOwn(prices, model) ? prices[model] : undefined;
  return price && given(() => amountBy(price, usage));
}

/** A function of the caller's may throw and may give anything: what is no price is none. */
function given(ask: () => unknown): number | undefined {
  try {
    const amount = ask();
    return typeof amount === "number" && amount >= 0 && amount < Infinity ? amount : undefined;
  } catch {
    return undefined;
  }
}

function amountBy(price: Price, usage: Usage): number {
  const { inputTokens = Number.NaN, outputTokens = Number.NaN } = usage;
  const { cacheReadTokens = 0, cacheWriteTokens = 0 } = usage;
  const { input, output, cacheRead = input, cacheWrite = input } = price;
  const { cacheWriteHour = cacheWrite } = price;
  const forHour = Math.min(usage.cacheWriteHourTokens ?? 0, cacheWriteTokens);
  const millionths =
    inputTokens * input +
    outputTokens * output +
    cacheReadTokens * cacheRead +
    (cacheWriteTokens - forHour) * cacheWrite +
    forHour * cacheWriteHour;
  return millionths / 1_000_000;
}
