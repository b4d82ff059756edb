/** How a vendor counts: by a bucket that fills up bit by bit, or by windows that begin anew. */
export type Shape = "bucket" | "window";

/** A vendor's limit, played on a clock of the caller's. */
export class PlayedLimit {
  readonly #shape: Shape;
  readonly #limit: number;
  readonly #interval: number;
  #left: number;
  #at: number;

  /** @param interval Milliseconds in which `limit` calls are taken. */
  constructor(shape: Shape, limit: number, interval: number, now: number = 0) {
    this.#at = now;
    this.#shape = shape;
    this.#limit = limit;
    this.#interval = interval;
    this.#left = limit;
  }

  takes(now: number): boolean {
    this.#fill(now);
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }

  /** Milliseconds until there is room. */
  wait(now: number): number {
    if (this.#shape === "window") return this.#at + this.#interval - now;
    return ((1 - this.#left) * this.#interval) / this.#limit;
  }

  #fill(now: number): void {
    const passed = now - this.#at;
    if (this.#shape === "bucket") {
      this.#left = Math.min(this.#limit, this.#left + (passed * this.#limit) / this.#interval);
      this.#at = now;
    } else if (passed >= this.#interval) {
      this.#left = this.#limit;
      this.#at = now;
    }
  }
}
