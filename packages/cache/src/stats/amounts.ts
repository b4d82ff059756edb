import { isLabel } from "./label.ts";
import { type LabelCounts, type LabelSums, nothingCounted } from "./label-tally.ts";
import type { CacheCounts } from "./tally.ts";

/** Counts by name, in the form in which a store keeps them. */
export type Amounts = Record<string, number>;

const HITS = "hits.";
/** The label comes last, because it may contain dots. */
const OF_LABEL = /^label\.(\w+)\.(.+)$/;

export function flatten({ hits, byLabel, ...rest }: CacheCounts): Amounts {
  const amounts: Amounts = { ...rest };
  for (const [tier, count] of Object.entries(hits)) amounts[HITS + tier] = count;
  for (const [label, counts] of Object.entries(byLabel)) {
    for (const [name, amount] of Object.entries(counts)) {
      amounts[`label.${name}.${label}`] = amount;
    }
  }
  return amounts;
}

export function unflatten(amounts: Amounts): CacheCounts {
  const hits: Amounts = {};
  for (const [name, amount] of Object.entries(amounts)) {
    if (name.startsWith(HITS)) hits[name.slice(HITS.length)] = amount;
  }
  const of = (name: keyof CacheCounts) => amounts[name] ?? 0;
  return {
    hits,
    misses: of("misses"),
    stores: of("stores"),
    joined: of("joined"),
    evictions: of("evictions"),
    errors: of("errors"),
    damaged: of("damaged"),
    savedMs: of("savedMs"),
    savedCost: of("savedCost"),
    byLabel: byLabel(amounts),
  };
}

/** Collects the counts by label. Invalid labels and unknown counts are left out. */
function byLabel(amounts: Amounts): Record<string, LabelCounts> {
  const found = new Map<string, LabelSums>();
  for (const [flat, amount] of Object.entries(amounts)) {
    const [, name = "", label] = OF_LABEL.exec(flat) ?? [];
    if (!isLabel(label)) continue;
    const sums = found.get(label) ?? nothingCounted();
    if (!isCounted(name, sums)) continue;
    sums[name] = amount;
    found.set(label, sums);
  }
  return Object.fromEntries(found);
}

function isCounted(name: string, sums: LabelSums): name is keyof LabelSums {
  return Object.hasOwn(sums, name);
}
