import type { Usage } from "../contract/part.ts";
import type { Cost } from "../contract/reply.ts";
import type { Call } from "./call.ts";
import { givenPrice } from "./given-price.ts";
import { priceOfUsage } from "./price-of-usage.ts";

/**
 * Returns the reported cost, or else the cost by the caller's prices, if there is one for the
 * model.
 */
export function costOf<Options extends object>(
  call: Call<Options>,
  usage: Usage | undefined,
  model: string,
): Cost | undefined {
  if (usage === undefined) return undefined;
  if (usage.cost !== undefined) return { amount: usage.cost, source: "reported" };
  const amount = amountOf(call, usage, model);
  if (amount === undefined) return undefined;
  return { amount: amount * (call.batched?.priceShare ?? 1), source: "prices" };
}

function amountOf<Options extends object>(
  { prices, provider, request, report }: Call<Options>,
  usage: Usage,
  model: string,
): number | undefined {
  if (typeof prices !== "function") {
    const named = [model, request.model].find((name) => Object.hasOwn(prices, name));
    const price = named === undefined ? undefined : prices[named];
    return price && priceOfUsage(price, usage);
  }
  for (const name of new Set([model, request.model])) {
    const amount = givenPrice(prices, usage, { model: name, provider: provider.id }, report);
    if (amount !== undefined) return amount;
  }
  return undefined;
}
