/** US dollars, taken before a line is asked and settled behind it. */
export class Purse {
  readonly #most: number;
  readonly #spent: () => number;
  #taken = 0;
  #waiting: (() => void)[] = [];

  /** @param spent what is on the disk as spent */
  constructor(most: number, spent: () => number) {
    this.#most = most;
    this.#spent = spent;
  }

  /** Takes what a line may cost, when there is as much; false where there will not be. */
  async take(amount: number): Promise<boolean> {
    while (this.#spent() + this.#taken + amount > this.#most) {
      if (this.#taken === 0) return false;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#taken += amount;
    return true;
  }

  /** What was taken is settled: what it has cost is on the disk. */
  settle(amount: number): void {
    this.#taken -= amount;
    if (this.#taken < 1e-12) this.#taken = 0;
    for (const look of this.#waiting.splice(0)) look();
  }
}
