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

/** Counts by label. A label is checked when it is first seen, so that a later hit need not. */
export class LabelTally {
  readonly #byLabel: Map<string, LabelSums> = new Map();

  /** @throws CacheError `INVALID_OPTION` */
  of(label: string): LabelSums {
    return this.#byLabel.get(label) ?? this.#begin(label);
  }

  counts(): Record<string, LabelCounts> {
    return Object.fromEntries([...this.#byLabel].map(([label, sums]) => [label, { ...sums }]));
  }

  #begin(label: string): LabelSums {
    checkLabel(label);
    const sums = nothingCounted();
    this.#byLabel.set(label, sums);
    return sums;
  }
}
