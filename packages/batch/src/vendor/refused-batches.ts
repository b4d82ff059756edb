import type { DualModeError } from "@acc/dual-mode";
import { endsBatch } from "../work/ends-batch.ts";

/** Batches that the vendor has refused as a whole, so that their lines are to be submitted again. */
export class RefusedBatches {
  /** Lines of one batch at most. */
  lines: number;
  #last: DualModeError | undefined;
  /** Lines of the largest one. */
  #largest = 0;
  #hasRoom = false;

  constructor(lines: number) {
    this.lines = lines;
  }

  /** Whether there is one. */
  get isAny(): boolean {
    return this.#last !== undefined;
  }

  /** @throws DualModeError where it is for its owner to do something about it */
  note(error: DualModeError, lines: number): void {
    if (endsBatch(error)) throw error;
    this.#last = error;
    this.#largest = Math.max(this.#largest, lines);
  }

  /** Another one has ended with results. */
  madeRoom(): void {
    this.#hasRoom = true;
  }

  /**
   * Their lines are submitted again: in smaller batches where the vendor took none of them.
   * @throws DualModeError where they cannot be smaller
   */
  again(): void {
    if (this.#last !== undefined && !this.#hasRoom) {
      if (this.#largest === 1) throw this.#last;
      this.lines = Math.ceil(this.#largest / 2);
    }
    this.#last = undefined;
    this.#largest = 0;
    this.#hasRoom = false;
  }
}
