import type { Rate } from "../contract/client.ts";

/** The limits of a client's options for the use of its credentials. */
export interface Bounds {
  readonly concurrency: number | undefined;
  readonly rate: Rate | undefined;
}

/** The start times of a credential's last calls, as far back as any `rate` needs. */
export class Starts {
  readonly #times: number[] = [];
  #most = 0;

  /** Returns when a call may start by this rate, on the clock that `add` uses. */
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
