import { CacheError } from "../error.ts";

/** How many parts a producer may be ahead of its fastest reader. */
const READ_AHEAD = 16;
/** How long a producer waits for a reader before it counts as stalled, in ms. */
const STALL = 1000;

type State = "running" | "ended" | "failed";

/**
 * The output of a computation so far, for readers that start early or late. A stream adds parts and
 * ends with the list of them; any other computation ends with its value.
 */
export class Tape {
  readonly parts: unknown[] = [];
  /** Called when no reader has wanted another part for a while. */
  onStall: (() => void) | undefined;
  /** Resolves when a producer that was abandoned has ended. */
  woundUp: Promise<unknown> | undefined;
  #state: State = "running";
  #outcome: unknown;
  #readers: (() => void)[] = [];
  #producer: (() => void) | undefined;
  /** The position up to which the fastest reader wants to read. */
  #wanted = READ_AHEAD;

  append(part: unknown): void {
    this.parts.push(part);
    this.#wake();
  }

  end(value: unknown): void {
    this.#settle("ended", value);
  }

  fail(error: unknown): void {
    this.#settle("failed", error);
  }

  get running(): boolean {
    return this.#state === "running";
  }

  /** Resolves when a reader wants another part. */
  async demand(): Promise<void> {
    while (this.running && this.parts.length >= this.#wanted) {
      const timer = setTimeout(() => this.onStall?.(), STALL).unref();
      await new Promise<void>((resolve) => {
        this.#producer = resolve;
      });
      clearTimeout(timer);
    }
  }

  /** Returns the value when it is available; the producer may then run ahead without a limit. */
  async whole(): Promise<unknown> {
    this.#want(Number.POSITIVE_INFINITY);
    while (this.running) await this.#change();
    if (this.#state === "failed") throw this.#outcome;
    return this.#outcome;
  }

  /** Returns the part at a position; undefined after the last one. */
  async at(position: number): Promise<{ readonly part: unknown } | undefined> {
    this.#want(position + READ_AHEAD);
    while (this.running && position >= this.parts.length) await this.#change();
    if (position < this.parts.length) return { part: this.parts[position] };
    if (this.#state === "failed") throw this.#outcome;
    const list = this.#outcome;
    if (!Array.isArray(list)) throw notAStream();
    return position < list.length ? { part: list[position] } : undefined;
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#readers.push(resolve));
  }

  #want(position: number): void {
    if (position <= this.#wanted) return;
    this.#wanted = position;
    this.#producer?.();
  }

  #settle(state: State, outcome: unknown): void {
    if (!this.running) return;
    this.#state = state;
    this.#outcome = outcome;
    this.#producer?.();
    this.#wake();
  }

  #wake(): void {
    const waiting = this.#readers;
    this.#readers = [];
    for (const resolve of waiting) resolve();
  }
}

function notAStream(): CacheError {
  const message =
    "The computation that this stream joined gave a value that is not a list of parts.";
  return new CacheError("NOT_A_STREAM", message);
}
