import type { Availability } from "../contract/provider.ts";
import { unlessAborted } from "./timers.ts";

/** Milliseconds that a probe has to clean up after it was told to stop. */
const grace = 1_000;

/**
 * A probe of a mode, shared by all callers that wait for it. When no caller is left, it is ended.
 */
export class SharedProbe {
  readonly #stop = new AbortController();
  readonly #found: Promise<Availability>;
  readonly #answer: Promise<Availability>;
  #waiting = 0;

  /** @param limit The timeout in ms, after which the result is `late`. */
  constructor(
    probe: (signal: AbortSignal) => Promise<Availability>,
    limit: number,
    late: Availability,
  ) {
    const { signal } = this.#stop;
    this.#found = probe(signal);
    const tooLate = new Promise<Availability>((resolve) => {
      const timer = setTimeout(() => {
        resolve(late);
        this.#stop.abort();
      }, limit);
      signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
    });
    this.#answer = Promise.race([this.#found, tooLate]);
    this.#answer.catch(() => {});
  }

  /** Whether it was ended; then no caller may join it. */
  get over(): boolean {
    return this.#stop.signal.aborted;
  }

  /** Waits for the result. When the last caller leaves, the probe is ended and cleaned up. */
  async wait(signal: AbortSignal): Promise<Availability> {
    this.#waiting += 1;
    try {
      return await unlessAborted(signal, this.#answer);
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0 && !this.over) await this.end();
    }
  }

  /** Ends the probe, and settles when it has been cleaned up. */
  async end(): Promise<void> {
    this.#stop.abort();
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, grace);
    });
    const woundUp = this.#found.then(
      () => {},
      () => {},
    );
    await Promise.race([woundUp, limit]);
    clearTimeout(timer);
  }
}
