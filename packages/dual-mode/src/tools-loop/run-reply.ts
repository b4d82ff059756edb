import type { Usage, Warning } from "../contract/part.ts";
import type { Cost, Reply } from "../contract/reply.ts";
import type { Message } from "../contract/request.ts";
import type { RunReply } from "./contract.ts";

/** Returns the last answer with the sums of all. */
export function runReply(steps: readonly Reply[], messages: readonly Message[]): RunReply {
  const { usage: _, cost: __, ...last } = steps.at(-1) as Reply;
  const usage = sumOfUsage(steps.flatMap((step) => step.usage ?? []));
  const cost = sumOfCosts(steps);
  return {
    ...last,
    ...(usage && { usage }),
    ...(cost && { cost }),
    cached: steps.every(({ cached }) => cached),
    fallback: steps.some(({ fallback }) => fallback),
    attempts: steps.flatMap(({ attempts }) => attempts),
    warnings: distinct(steps.flatMap(({ warnings }) => warnings)),
    steps,
    messages,
  };
}

function sumOfUsage(usages: readonly Usage[]): Usage | undefined {
  const sum: Partial<Record<keyof Usage, number>> = {};
  for (const usage of usages) {
    for (const name of Object.keys(usage) as (keyof Usage)[]) {
      sum[name] = (sum[name] ?? 0) + (usage[name] ?? 0);
    }
  }
  return usages.length === 0 ? undefined : sum;
}

/**
 * Undefined if one of the answers that were paid for has no price: a partial sum would look like
 * the whole.
 */
function sumOfCosts(steps: readonly Reply[]): Cost | undefined {
  const paid = steps.filter(({ cached }) => !cached);
  const costs = paid.flatMap(({ cost }) => cost ?? []);
  if (costs.length === 0 || costs.length < paid.length) return undefined;
  const amount = costs.reduce((sum, cost) => sum + cost.amount, 0);
  const isReported = costs.every(({ source }) => source === "reported");
  return { amount, source: isReported ? "reported" : "prices" };
}

function distinct(warnings: readonly Warning[]): readonly Warning[] {
  return [...new Map(warnings.map((one) => [`${one.code} ${one.message}`, one])).values()];
}
