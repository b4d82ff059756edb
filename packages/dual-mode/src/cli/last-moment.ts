import type { OpenRun } from "./open-run.ts";

/** Milliseconds that the group then has between SIGTERM and SIGKILL: its answer is told already. */
const patienceOfTheEnd = 500;

/** The time that a command has to end by itself once its answer is there; then its group is ended. */
export class LastMoment {
  readonly #run: Pick<OpenRun, "close">;
  readonly #alive: () => void;
  #timer: NodeJS.Timeout | undefined;
  #due = Number.POSITIVE_INFINITY;
  #gone = false;
  /** The command was still there when its time was over. */
  isOver = false;

  /** @param alive Told when the end begins, for the idle timer. */
  constructor(run: Pick<OpenRun, "close">, exited: Promise<unknown>, alive: () => void) {
    this.#run = run;
    this.#alive = alive;
    void exited.then(() => {
      this.#gone = true;
    });
  }

  /** The shortest time counts. */
  readonly grant = (milliseconds: number): void => {
    const due = performance.now() + milliseconds;
    if (this.#gone || this.isOver || due >= this.#due) return;
    this.#due = due;
    clearTimeout(this.#timer);
    if (milliseconds <= 0) this.#expire();
    else this.#timer = setTimeout(() => this.#expire(), milliseconds);
  };

  end(): void {
    clearTimeout(this.#timer);
  }

  #expire(): void {
    if (this.#gone) return;
    this.isOver = true;
    this.#alive();
    void this.#run.close(patienceOfTheEnd);
  }
}
