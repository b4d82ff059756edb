import type { CacheStats } from "@acc/cache";
import { coloursOf, widthOf } from "../output/terminal.ts";
import type { ProviderCounts } from "./provider-counts.ts";
import { providerTable, seconds } from "./provider-table.ts";

/** The statistics for a person to read: numbers, bars, and a table of the providers. */
export function describeStats(
  { misses, savedMs, savedCost }: CacheStats["total"],
  hits: number,
  tiers: CacheStats["tiers"],
  byProvider: ReadonlyMap<string, ProviderCounts>,
): string {
  const asked = hits + misses;
  const rate = asked === 0 ? "" : `, ${Math.round((100 * hits) / asked)} % answered from the cache`;
  return [
    `${asked} asked${rate}`,
    ...chart({ hits, misses }),
    "",
    `time saved  ${seconds(savedMs)}`,
    ...(savedCost > 0 ? [`cost saved  ${savedCost.toFixed(4)}`] : []),
    ...tiers.map(
      ({ name, entries = 0, bytes = 0 }) =>
        `${name.padEnd(10)}  ${entries} kept, ${Math.ceil(bytes / 1024)} KiB`,
    ),
    ...(byProvider.size > 0 ? ["", providerTable(byProvider)] : []),
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
