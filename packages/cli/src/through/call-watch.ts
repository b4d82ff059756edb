import type { CallOptions } from "@acc/dual-mode";

/** Milliseconds in which a server that has a call says that it takes it: one that is stopped does not. */
const untilTaken = 5_000;
/** Milliseconds of a call to which nobody has set a timeout, as in the core. */
const usual = 600_000;
/** Milliseconds beyond its timeout in which a server that runs tells how a call ended. */
const grace = 2_000;
/** What a timer of Node.js can hold. */
const longestTimer = 2 ** 31 - 1;

/** Leaves a server that no longer says what it has to say of a call. */
export class CallWatch {
  readonly #leave: () => void;
  readonly #timeout: CallOptions["timeout"];
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;
  /** The server has said that it takes the call. */
  isTaken = false;
  /** The server was left because it said nothing. */
  isSilent = false;

  constructor(leave: () => void, timeout: CallOptions["timeout"]) {
    this.#leave = leave;
    this.#timeout = timeout;
  }

  /** The whole call has gone out. */
  sent(): void {
    if (!this.isTaken && !this.#isOver) this.#wait(untilTaken);
  }

  taken(): void {
    this.isTaken = true;
    this.#wait(Math.min(this.longest + grace, longestTimer));
  }

  /** Milliseconds that the call may take. */
  get longest(): number {
    const total = typeof this.#timeout === "number" ? this.#timeout : this.#timeout?.total;
    return total ?? usual;
  }

  end(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  #wait(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.isSilent = true;
      this.#leave();
    }, ms);
  }
}
