import type { GroupLeader } from "./spawn-group.ts";

type Ended = Awaited<GroupLeader["exited"]>;

/** The time that a command has to end by itself once its answer is there; then its group is ended. */
export class LastMoment {
  /** How the command ended: by itself, by the end that it was given, or killed and not waited for. */
  readonly over: Promise<Ended>;
  readonly #end: () => boolean;
  #tellKilled: (ended: Ended) => void = () => {};
  #timer: NodeJS.Timeout | undefined;
  #due = Number.POSITIVE_INFINITY;
  #gone = false;
  /** The command was still there when its time was over. */
  isOver = false;
  /** Then it was killed, and its end is waited for elsewhere. */
  isKilled = false;

  /** @param end Ends the group, and gives whether it is killed and the answer waits for it no more. */
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
    this.isKilled = this.#end();
    if (this.isKilled) this.#tellKilled({ signal: "SIGKILL" });
  }
}
