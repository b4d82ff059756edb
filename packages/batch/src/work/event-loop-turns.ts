/** Most lines that begin in one turn of the event loop. */
const most = 256;

/**
 * Lets the event loop continue even if lines are answered at once, for signals, timers and the
 * disk.
 */
export class Turns {
  #begun = 0;
  #turn: Promise<void> | undefined;

  /** Await this before each line. */
  async next(): Promise<void> {
    while (this.#begun >= most) await this.#turn;
    this.#begun += 1;
    this.#turn ??= new Promise((resolve) => setImmediate(() => resolve(this.#over())));
  }

  #over(): void {
    this.#turn = undefined;
    this.#begun = 0;
  }
}
