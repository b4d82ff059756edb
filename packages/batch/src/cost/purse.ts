/** The budget of a batch in US dollars, reserved before a line is sent and settled after it. */
export class Purse {
  readonly #most: number;
  readonly #spent: () => number;
  #taken = 0;
  #waiting: (() => void)[] = [];

  /** @param spent Returns the costs that are on the disk */
  constructor(most: number, spent: () => number) {
    this.#most = most;
    this.#spent = spent;
  }

  /** Reserves what a line may cost, once there is as much; returns false if there will not be. */
  async take(amount: number): Promise<boolean> {
    while (this.#spent() + this.#taken + amount > this.#most) {
      if (this.#taken === 0) return false;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#taken += amount;
    return true;
  }

  /** Releases a reservation, after the actual cost is on the disk. */
  settle(amount: number): void {
    this.#taken -= amount;
    if (this.#taken < 1e-12) this.#taken = 0;
    for (const look of this.#waiting.splice(0)) look();
  }
}
