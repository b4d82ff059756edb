import type { DualModeError } from "@acc/dual-mode";
import { endsBatch } from "../work/ends-batch.ts";

/** Batches that the vendor refused as a whole, so that their lines have to be submitted again. */
export class RefusedBatches {
  /** Most lines per batch. */
  lines: number;
  #last: DualModeError | undefined;
  /** Lines of the largest refused batch. */
  #largest = 0;
  #hasRoom = false;

  constructor(lines: number) {
    this.lines = lines;
  }

  /** Whether any batch was refused. */
  get isAny(): boolean {
    return this.#last !== undefined;
  }

  /** @throws DualModeError if the owner has to fix the cause */
  note(error: DualModeError, lines: number): void {
    if (endsBatch(error)) throw error;
    this.#last = error;
    this.#largest = Math.max(this.#largest, lines);
  }

  /** Notes that another batch has ended with results. */
  madeRoom(): void {
    this.#hasRoom = true;
  }

  /**
   * Prepares to submit their lines again, in smaller batches if the vendor accepted none.
   * @throws DualModeError if they cannot be smaller
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
