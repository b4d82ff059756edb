import { type MaybePromise, whenReady } from "../maybe-promise.ts";
import type { Content } from "../record/content.ts";
import type { LiveRecord } from "../record/live-record.ts";
import type { Clearance, Lease } from "./lease.ts";
import { Tape } from "./tape.ts";

/** What a computation took: what each further answer saves. */
export interface Spent {
  /** Milliseconds. */
  readonly elapsed: number | undefined;
  /** In the caller's currency. */
  readonly cost: number | undefined;
}

/** What a flight does: look, compute what is not there, keep it. None but `compute` may fail. */
export interface Job {
  lookup(signal: AbortSignal): MaybePromise<Clearance>;
  compute(signal: AbortSignal, tape: Tape): Promise<Content>;
  cost(value: unknown): number | undefined;
  /** Whether it was stored. */
  keep(content: Content, spent: Spent): MaybePromise<boolean>;
}

/** One computation for all who want it at the same time. */
export class Flight {
  readonly tape: Tape = new Tape();
  /** What the lookup found; undefined when the tape is on. Never rejects. */
  found: Promise<LiveRecord | undefined> = Promise.resolve(undefined);
  /** What the computation took, once it is done. */
  spent: Spent | undefined;
  readonly #controller = new AbortController();
  readonly #retire: () => void;
  #members = 0;

  /** `retire` is called when nobody can join any more. */
  constructor(retire: () => void) {
    this.#retire = retire;
  }

  start(job: Job): void {
    const clearance = job.lookup(this.#controller.signal);
    this.found = Promise.resolve(whenReady(clearance, (cleared) => this.#take(cleared, job)));
  }

  /** Makes the caller a member. Returns what it calls to leave; to call it twice does no harm. */
  join(signal: AbortSignal | undefined): () => void {
    this.#members++;
    let here = true;
    const leave = () => {
      if (!here) return;
      here = false;
      signal?.removeEventListener("abort", leave);
      if (--this.#members === 0 && this.tape.running) this.#abandon();
    };
    signal?.addEventListener("abort", leave, { once: true });
    return leave;
  }

  #take(clearance: Clearance, job: Job): LiveRecord | undefined {
    if (clearance.record) this.#retire();
    else if (this.#controller.signal.aborted) void clearance.lease?.release("declined");
    else void this.#run(job, clearance.lease);
    return clearance.record;
  }

  async #run(job: Job, lease: Lease | undefined): Promise<void> {
    const started = performance.now();
    const { signal } = this.#controller;
    let stored = false;
    try {
      const content = await job.compute(signal, this.tape);
      if (signal.aborted) return;
      this.spent = { elapsed: performance.now() - started, cost: job.cost(content.value) };
      const kept = job.keep(content, this.spent);
      this.tape.end(content.value);
      // Who comes while the stores are still writing is served by this flight.
      stored = await kept;
    } catch (error) {
      this.tape.fail(error);
    } finally {
      this.#retire();
      void lease?.release(stored ? "stored" : "declined");
    }
  }

  #abandon(): void {
    this.#retire();
    const reason = new DOMException("Every caller has left.", "AbortError");
    this.tape.fail(reason);
    this.#controller.abort(reason);
  }
}
