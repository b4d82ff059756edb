/** Lines that begin in one turn of the event loop at most. */
const most = 256;

/** Lets the event loop turn where lines are answered at once: signals, timers and the disk have theirs. */
export class Turns {
  #begun = 0;
  #turn: Promise<void> | undefined;

  /** Waited for before each line. */
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
