import type { Part } from "../contract/part.ts";
import { DualModeError } from "../error.ts";

/** Waits for a mode's parts, one at a time, no longer than a limit and no further than an abort. */
export class PartWatch {
  readonly #controller: AbortController;
  readonly #stop = () => this.#reject?.(this.#controller.signal.reason);
  #reject: ((reason: unknown) => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #limit = 0;
  #any = false;

  constructor(controller: AbortController) {
    this.#controller = controller;
    controller.signal.addEventListener("abort", this.#stop, { once: true });
  }

  /** The next part; the time between two calls is the reader's and is not counted. */
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

  end(): void {
    clearTimeout(this.#timer);
    this.#controller.signal.removeEventListener("abort", this.#stop);
  }

  #arm(limit: number): void {
    if (this.#timer !== undefined && limit === this.#limit) {
      this.#timer.refresh();
      return;
    }
    clearTimeout(this.#timer);
    this.#limit = limit;
    this.#timer = setTimeout(() => this.#expire(), limit);
  }

  #expire(): void {
    if (this.#reject === undefined) return;
    const what = this.#any ? "The answer stood still" : "No part of an answer came";
    this.#controller.abort(new DualModeError("TIMEOUT", `${what} for ${this.#limit} ms.`));
  }
}
