import type { Reply } from "@acc/dual-mode";
import type { BatchProgress } from "../contract.ts";
import type { Settled } from "../journal/settled.ts";

/** Counts of this run that are not in the journal. */
export class Tally {
  #settled = 0;
  #cached = 0;
  #equal = 0;
  #cut = 0;

  answered({ cached, finishReason }: Pick<Reply, "cached" | "finishReason">): void {
    this.#settled += 1;
    if (cached) this.#cached += 1;
    if (finishReason === "length") this.#cut += 1;
  }

  failed(): void {
    this.#settled += 1;
  }

  equal(): void {
    this.#settled += 1;
    this.#equal += 1;
  }

  progress({ lines, answered, failed, spent, unpriced }: Settled): BatchProgress {
    return {
      ...{ lines, answered, failed, settled: this.#settled, cached: this.#cached },
      ...{ equal: this.#equal, cut: this.#cut, spent, unpriced },
    };
  }
}
