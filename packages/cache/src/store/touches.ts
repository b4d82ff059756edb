import { atExit } from "../at-exit.ts";

/** Uses are written in batches, because a write for every read would cost more than the read. */
const WRITE_AFTER = 30_000;
const WRITE_AT = 20_000;

/** Collects the times at which records were used, until a batch is written. */
export class Touches {
  readonly #write: (used: ReadonlyMap<string, number>) => void;
  #used: Map<string, number> = new Map();
  #timer: NodeJS.Timeout | undefined;
  #callOff: (() => void) | undefined;

  /** `write` must not throw. */
  constructor(write: (used: ReadonlyMap<string, number>) => void) {
    this.#write = write;
  }

  add(name: string): void {
    this.#used.set(name, Date.now());
    if (this.#used.size >= WRITE_AT) this.flush();
    else if (!this.#timer) this.#schedule();
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#callOff?.();
    if (this.#used.size === 0) return;
    const used = this.#used;
    this.#used = new Map();
    this.#write(used);
  }

  #schedule(): void {
    this.#timer = setTimeout(() => this.flush(), WRITE_AFTER).unref();
    this.#callOff = atExit(() => this.flush());
  }
}
