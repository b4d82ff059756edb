import type { Price } from "../contract/client.ts";
import type { Usage } from "../contract/part.ts";

/**
 * Returns the cost of tokens in US dollars at a price; undefined if the vendor did not report their
 * count.
 */
export function priceOfUsage(price: Price, usage: Usage): number | undefined {
  const { inputTokens, outputTokens, cacheReadTokens = 0, cacheWriteTokens = 0 } = usage;
  if (inputTokens === undefined || outputTokens === undefined) return undefined;
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
