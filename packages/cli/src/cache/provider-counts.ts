import type { CacheStats, LabelCounts } from "@acc/cache";
import type { KeptAnswer } from "./kept-answer.ts";

/** What the cache did for one provider since it began, and how many of its answers it holds. */
export interface ProviderCounts extends LabelCounts {
  readonly kept: number;
}

/** The counts by provider. A call is labelled with its provider; an answer names its own. */
export function providerCounts(
  { byLabel }: Pick<CacheStats["total"], "byLabel">,
  answers: readonly KeptAnswer[],
): ReadonlyMap<string, ProviderCounts> {
  const kept = new Map<string, number>();
  for (const { provider = "unknown" } of answers) {
    kept.set(provider, (kept.get(provider) ?? 0) + 1);
  }
  const labels = new Map(Object.entries(byLabel));
  const names = [...new Set([...labels.keys(), ...kept.keys()])].sort();
  return new Map(
    names.map((name) => [name, { ...(labels.get(name) ?? unasked), kept: kept.get(name) ?? 0 }]),
  );
}

/** For a provider whose answers date from before calls were labelled. */
const unasked: LabelCounts = { hits: 0, misses: 0, joined: 0, savedMs: 0, savedCost: 0 };
