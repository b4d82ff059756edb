import type { Refusal } from "../contract/access.ts";

/** Milliseconds after which a call that found no place may try again. */
const tryAgain = 1_000;

/** The calls in flight: at most a given number, and none once the server is being closed. */
export class Gate {
  readonly #most: number;
  readonly #open = new Set<AbortController>();
  #closed = false;
  #idle: (() => void) | undefined;

  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#open.size;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** Why no call may begin now. */
  refusal(): Refusal | undefined {
    if (this.#closed) {
      const message = "The server is being closed.";
      return { status: 503, code: "CLOSED", message, retryAfter: tryAgain };
    }
    if (this.#open.size < this.#most) return undefined;
    const message = `The server has ${this.#most} calls in flight, which is all it takes at once.`;
    return { status: 503, code: "OVERLOADED", message, retryAfter: tryAgain };
  }

  enter(call: AbortController): void {
    this.#open.add(call);
  }

  leave(call: AbortController): void {
    this.#open.delete(call);
    if (this.#open.size === 0) this.#idle?.();
  }

  /** Refuses new calls, waits for those in flight, and ends them once the signal is aborted. */
  async close(signal: AbortSignal | undefined): Promise<void> {
    this.#closed = true;
    if (this.#open.size === 0) return;
    const idle = new Promise<void>((resolve) => {
      this.#idle = resolve;
    });
    const end = () => {
      for (const call of this.#open) call.abort(new Error("The server was closed."));
    };
    signal?.addEventListener("abort", end, { once: true });
    if (signal?.aborted) end();
    await idle;
    signal?.removeEventListener("abort", end);
  }
}
