/**
 * Milliseconds for which writes are collected before a sync: a loss of power loses no more than
 * that.
 */
const gathers = 100;

/** Syncs writes to the disk: soon, or at once if somebody waits for it. */
export class DiskSync {
  readonly #sync: () => Promise<void>;
  #isDirty = false;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;

  /** @param sync Syncs everything written before the call to the disk; never throws */
  constructor(sync: () => Promise<void>) {
    this.#sync = sync;
  }

  /** Notes that something was written. */
  soon(): void {
    this.#isDirty = true;
    if (this.#round === undefined) this.#timer ??= setTimeout(() => this.#begin(), gathers);
  }

  /** Resolves when everything written before is on the disk. */
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
