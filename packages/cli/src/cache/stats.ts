import { print, printJson } from "../output/terminal.ts";
import { keptAnswers } from "./kept-answer.ts";
import { withDisk } from "./open-disk.ts";
import { providerCounts } from "./provider-counts.ts";

/** What the cache has done since it began, and what it holds. */
export async function cacheStats({ json }: { readonly json?: boolean }): Promise<void> {
  const { total, tiers, answers } = await withDisk(async (cache, store) => {
    const { total, tiers } = await cache.stats();
    return { total, tiers, answers: await keptAnswers(cache, store) };
  });
  const byProvider = providerCounts(total, answers);
  const hits = Object.values(total.hits).reduce((sum, count) => sum + count, 0);
  if (json) {
    const { misses } = total;
    printJson({ hits, misses, byProvider: Object.fromEntries(byProvider), total, tiers });
    return;
  }
  const { describeStats } = await import("./describe-stats.ts");
  print(describeStats(total, hits, tiers, byProvider));
}
