import type { CallOptions } from "@acc/dual-mode";

/**
 * Time in which a server that has a call must say that it takes it, in ms: a stopped one does not.
 */
const untilTaken = 5_000;
/** The timeout of a call for which none is set, as in the core, in ms. */
const usual = 600_000;
/** Time beyond a call's timeout in which a running server tells how the call ended, in ms. */
const grace = 2_000;
/** The longest time that a timer of Node.js can hold, in ms. */
const longestTimer = 2 ** 31 - 1;

/** Disconnects from a server that stops telling about a call. */
export class CallWatch {
  readonly #leave: () => void;
  readonly #timeout: CallOptions["timeout"];
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;
  /** Whether the server has said that it takes the call. */
  isTaken = false;
  /** Whether the server was left because it said nothing. */
  isSilent = false;

  constructor(leave: () => void, timeout: CallOptions["timeout"]) {
    this.#leave = leave;
    this.#timeout = timeout;
  }

  /** Called once the whole call has been sent. */
  sent(): void {
    if (!this.isTaken && !this.#isOver) this.#wait(untilTaken);
  }

  taken(): void {
    this.isTaken = true;
    this.#wait(Math.min(this.longest + grace, longestTimer));
  }

  /** The time that the call may take, in ms. */
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
