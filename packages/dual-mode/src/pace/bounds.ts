import type { Rate } from "../contract/client.ts";

/** What a client's options say of how its credentials may be used. */
export interface Bounds {
  readonly concurrency: number | undefined;
  readonly rate: Rate | undefined;
}

/** When the last calls of a credential went, as far back as any `rate` asks for. */
export class Starts {
  readonly #times: number[] = [];
  #most = 0;

  /** When a call may go by this rate, on the clock that `add` is given. */
  readyAt({ limit, interval }: Rate, now: number): number {
    this.#most = Math.max(this.#most, limit);
    const oldest = this.#times[this.#times.length - limit];
    return oldest === undefined ? now : Math.max(now, oldest + interval);
  }

  add(now: number): void {
    if (this.#most === 0) return;
    this.#times.push(now);
    if (this.#times.length > this.#most) this.#times.shift();
  }
}
