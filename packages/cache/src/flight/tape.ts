import { CacheError } from "../error.ts";

/** A producer may be this many parts ahead of its fastest reader. */
const READ_AHEAD = 16;
/** A producer that has waited for a reader for this many ms is stalled. */
const STALL = 1000;

type State = "running" | "ended" | "failed";

/**
 * What a computation has given so far, for readers that come early and late. A stream gives parts
 * and ends with the list of them; a computation gives its value alone.
 */
export class Tape {
  readonly parts: unknown[] = [];
  /** Told when no reader has wanted another part for a while. */
  onStall: (() => void) | undefined;
  /** Resolves once a producer that was left has ended. */
  woundUp: Promise<unknown> | undefined;
  #state: State = "running";
  #outcome: unknown;
  #readers: (() => void)[] = [];
  #producer: (() => void) | undefined;
  /** How far the fastest reader wants to read. */
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

  /** Resolves when a reader has use for another part. */
  async demand(): Promise<void> {
    while (this.running && this.parts.length >= this.#wanted) {
      const timer = setTimeout(() => this.onStall?.(), STALL).unref();
      await new Promise<void>((resolve) => {
        this.#producer = resolve;
      });
      clearTimeout(timer);
    }
  }

  /** The value, once it is there; the reader wants all of it, without end. */
  async whole(): Promise<unknown> {
    this.#want(Number.POSITIVE_INFINITY);
    while (this.running) await this.#change();
    if (this.#state === "failed") throw this.#outcome;
    return this.#outcome;
  }

  /** The part at a position, or undefined behind the last one. */
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
