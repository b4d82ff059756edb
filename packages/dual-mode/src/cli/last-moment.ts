import type { GroupLeader } from "./spawn-group.ts";

type Ended = Awaited<GroupLeader["exited"]>;

/**
 * The time that a command has to end by itself once its answer is complete; then its group is
 * ended.
 */
export class LastMoment {
  /**
   * Resolves when the command has ended by itself or was ended, or once it is killed and its end is
   * not awaited.
   */
  readonly over: Promise<Ended>;
  readonly #end: () => boolean;
  #tellKilled: (ended: Ended) => void = () => {};
  #timer: NodeJS.Timeout | undefined;
  #due = Number.POSITIVE_INFINITY;
  #gone = false;
  /** Whether the command was still running when its time was over. */
  isOver = false;
  /** Whether it was then killed, and its end is awaited elsewhere. */
  isKilled = false;

  /**
   * @param end Ends the group, and returns whether it is being killed so that the answer need not
   * wait for it.
   */
  constructor(exited: Promise<Ended>, end: () => boolean) {
    this.#end = end;
    const killed = new Promise<Ended>((resolve) => {
      this.#tellKilled = resolve;
    });
    this.over = Promise.race([exited, killed]);
    void exited.then(() => {
      this.#gone = true;
    });
  }

  /** Gives the command this much time from now; the shortest time counts. */
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
    this.isKilled = this.#end();
    if (this.isKilled) this.#tellKilled({ signal: "SIGKILL" });
  }
}
