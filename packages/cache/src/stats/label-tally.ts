import { checkLabel } from "./label.ts";

/** What happened to the calls of one label. */
export interface LabelCounts {
  /** In whichever store. */
  readonly hits: number;
  readonly misses: number;
  /** Callers that joined a computation instead of beginning one. */
  readonly joined: number;
  /** Milliseconds of computation that hits and joins made unnecessary. */
  readonly savedMs: number;
  /** The sum of the costs that were reported for them, in the caller's currency. */
  readonly savedCost: number;
}

export type LabelSums = { -readonly [Name in keyof LabelCounts]: number };

export function nothingCounted(): LabelSums {
  return { hits: 0, misses: 0, joined: 0, savedMs: 0, savedCost: 0 };
}

/**
 * Counts by label. One that is none is refused when it is first seen, with `INVALID_OPTION`, so that
 * a hit in memory need not check what was seen before.
 */
export class LabelTally {
  readonly #byLabel: Map<string, LabelSums> = new Map();
  // Most programs name one label again and again.
  #latest: string | undefined;
  #latestSums: LabelSums = nothingCounted();

  hit(label: string, elapsed: number | undefined, cost: number | undefined): void {
    this.#of(label).hits++;
    this.saved(label, elapsed, cost);
  }

  miss(label: string): void {
    this.#of(label).misses++;
  }

  join(label: string): void {
    this.#of(label).joined++;
  }

  saved(label: string, elapsed: number | undefined, cost: number | undefined): void {
    const sums = this.#of(label);
    if (elapsed !== undefined) sums.savedMs += elapsed;
    if (cost !== undefined) sums.savedCost += cost;
  }

  counts(): Record<string, LabelCounts> {
    return Object.fromEntries([...this.#byLabel].map(([label, sums]) => [label, { ...sums }]));
  }

  #of(label: string): LabelSums {
    if (label === this.#latest) return this.#latestSums;
    const sums = this.#byLabel.get(label) ?? this.#begin(label);
    this.#latest = label;
    this.#latestSums = sums;
    return sums;
  }

  #begin(label: string): LabelSums {
    checkLabel(label);
    const sums = nothingCounted();
    this.#byLabel.set(label, sums);
    return sums;
  }
}
