/** Milliseconds in which what was written gathers: a loss of power takes no more than that. */
const gathers = 100;

/** Has the disk keep what was written: soon, or at once where somebody waits for it. */
export class DiskSync {
  readonly #sync: () => Promise<void>;
  #isDirty = false;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;

  /** @param sync has the disk keep all that was written before it is called; it throws nothing */
  constructor(sync: () => Promise<void>) {
    this.#sync = sync;
  }

  /** Something was written. */
  soon(): void {
    this.#isDirty = true;
    if (this.#round === undefined) this.#timer ??= setTimeout(() => this.#begin(), gathers);
  }

  /** Resolves when the disk has all that was written before. */
  async now(): Promise<void> {
    await this.#round;
    if (this.#isDirty) this.#begin();
    await this.#round;
  }

  #begin(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isDirty = false;
    this.#round = this.#sync().then(() => {
      this.#round = undefined;
      if (this.#isDirty) this.soon();
    });
  }
}
