import type { Price } from "../contract/client.ts";
import type { Usage } from "../contract/part.ts";
import type { Cost } from "../contract/reply.ts";

/** What was reported, else what the caller's prices make of the tokens, else nothing. */
export function costOf(usage: Usage | undefined, price: Price | undefined): Cost | undefined {
  if (usage?.cost !== undefined) return { amount: usage.cost, source: "reported" };
  const { inputTokens, outputTokens, cacheReadTokens = 0, cacheWriteTokens = 0 } = usage ?? {};
  if (price === undefined || inputTokens === undefined || outputTokens === undefined) {
    return undefined;
  }
  const { input, output, cacheRead = input, cacheWrite = input } = price;
  const { cacheWriteHour = cacheWrite } = price;
  const forHour = Math.min(usage?.cacheWriteHourTokens ?? 0, cacheWriteTokens);
  const millionths =
    inputTokens * input +
    outputTokens * output +
    cacheReadTokens * cacheRead +
    (cacheWriteTokens - forHour) * cacheWrite +
    forHour * cacheWriteHour;
  return { amount: millionths / 1_000_000, source: "prices" };
}
