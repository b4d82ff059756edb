import type { Part } from "../contract/part.ts";
import { DualModeError } from "../error.ts";

/** Milliseconds that a blocked process has to read what arrived meanwhile. */
const secondLook = 20;

/** Waits for a mode's parts, one at a time, until a timeout or an abort. */
export class PartWatch {
  readonly #controller: AbortController;
  #reject: ((reason: unknown) => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #late: NodeJS.Timeout | undefined;
  #limit = 0;
  #any = false;

  /** @param controller Stops the mode; nothing else aborts it. */
  constructor(controller: AbortController) {
    this.#controller = controller;
  }

  /** Returns the next part. The time between two calls is the reader's and does not count. */
  async next(iterator: AsyncIterator<Part>, limit: number): Promise<IteratorResult<Part>> {
    const { signal } = this.#controller;
    signal.throwIfAborted();
    this.#arm(limit);
    try {
      const result = await new Promise<IteratorResult<Part>>((resolve, reject) => {
        this.#reject = reject;
        iterator.next().then(resolve, reject);
      });
      this.#any = true;
      return result;
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      this.#reject = undefined;
    }
  }

  /**
   * Restarts the timeout for something that arrived and is not a part, once the answer has begun.
   */
  alive(): void {
    if (this.#any && this.#reject !== undefined) this.#arm(this.#limit);
  }

  /** Tells the mode to stop. */
  stop(reason: unknown): void {
    this.#reject?.(reason);
    this.#controller.abort(reason);
  }

  end(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#late);
  }

  #arm(limit: number): void {
    if (this.#late !== undefined) {
      clearTimeout(this.#late);
      this.#late = undefined;
    }
    if (this.#timer !== undefined && limit === this.#limit) {
      this.#timer.refresh();
      return;
    }
    clearTimeout(this.#timer);
    this.#limit = limit;
    this.#timer = setTimeout(() => this.#expire(), limit);
  }

  /**
   * After the process was blocked, timers fire before the data in its sockets is read, so it waits
   * a moment more.
   */
  #expire(): void {
    if (this.#reject === undefined) return;
    this.#late = setTimeout(() => this.#giveUp(), secondLook);
  }

  #giveUp(): void {
    if (this.#reject === undefined) return;
    const what = this.#any ? "The answer stalled" : "No part of an answer came";
    this.stop(new DualModeError("TIMEOUT", `${what} for ${this.#limit} ms.`));
  }
}
