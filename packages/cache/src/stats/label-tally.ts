import { checkLabel } from "./label.ts";

/** The counts of the calls with one label. */
export interface LabelCounts {
  /** Hits in any store. */
  readonly hits: number;
  readonly misses: number;
  /** Callers that joined a computation instead of starting one. */
  readonly joined: number;
  /** The computation time that hits and joins saved, in milliseconds. */
  readonly savedMs: number;
  /** The sum of the reported costs that they saved, in the caller's currency. */
  readonly savedCost: number;
}

export type LabelSums = { -readonly [Name in keyof LabelCounts]: number };

export function nothingCounted(): LabelSums {
  return { hits: 0, misses: 0, joined: 0, savedMs: 0, savedCost: 0 };
}

/**
 * Counts by label. An invalid label is refused with `INVALID_OPTION` when it is first seen, so that
 * a hit in memory need not check it.
 */
export class LabelTally {
  readonly #byLabel: Map<string, LabelSums> = new Map();
  // Most programs use the same label again and again.
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
