import type { CacheStats } from "@acc/cache";
import { coloursOf, print, printJson, widthOf } from "../output/terminal.ts";
import { keptAnswers } from "./kept-answer.ts";
import { withDisk } from "./open-disk.ts";

/** What the cache has done since it began, and what it holds. */
export async function cacheStats({ json }: { readonly json?: boolean }): Promise<void> {
  const { total, tiers, answers } = await withDisk(async (cache, store) => {
    const { total, tiers } = await cache.stats();
    return { total, tiers, answers: await keptAnswers(cache, store) };
  });
  const byProvider: Record<string, number> = {};
  for (const { provider = "unknown" } of answers) {
    byProvider[provider] = (byProvider[provider] ?? 0) + 1;
  }
  const hits = Object.values(total.hits).reduce((sum, count) => sum + count, 0);
  if (json) printJson({ hits, misses: total.misses, byProvider, total, tiers });
  else print(describe(total, hits, tiers, byProvider));
}

function describe(
  { misses, savedMs, savedCost }: CacheStats["total"],
  hits: number,
  tiers: CacheStats["tiers"],
  byProvider: Readonly<Record<string, number>>,
): string {
  const asked = hits + misses;
  const rate = asked === 0 ? "" : `, ${Math.round((100 * hits) / asked)} % answered from the cache`;
  return [
    `${asked} asked${rate}`,
    ...chart({ hits, misses }),
    "",
    `time saved  ${(savedMs / 1000).toFixed(1)} s`,
    ...(savedCost > 0 ? [`cost saved  ${savedCost.toFixed(4)}`] : []),
    ...tiers.map(
      ({ name, entries = 0, bytes = 0 }) =>
        `${name.padEnd(10)}  ${entries} kept, ${Math.ceil(bytes / 1024)} KiB`,
    ),
    ...(Object.keys(byProvider).length > 0 ? ["", "answers kept, by provider"] : []),
    ...chart(byProvider),
  ].join("\n");
}

/** A bar for each number, as wide as the terminal allows. */
function chart(counts: Readonly<Record<string, number>>): readonly string[] {
  const longest = Math.max(1, ...Object.values(counts));
  const room = Math.max(4, Math.min(40, widthOf(process.stdout) - 22));
  const { cyan } = coloursOf(process.stdout);
  return Object.entries(counts).map(([name, count]) => {
    const bar = "█".repeat(Math.ceil((count / longest) * room));
    return `${name.padEnd(10)}  ${cyan(bar)} ${count}`;
  });
}
