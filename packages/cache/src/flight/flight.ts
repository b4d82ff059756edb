import { isPromise, type MaybePromise, whenReady } from "../maybe-promise.ts";
import type { Content } from "../record/content.ts";
import type { LiveRecord } from "../record/live-record.ts";
import type { Mark } from "../tier/invalidated-since.ts";
import type { Ticket } from "../tier/tickets.ts";
import { type Computation, runInside } from "./inside.ts";
import type { Clearance, Lease } from "./lease.ts";
import { onAbort } from "./on-abort.ts";
import type { Spent } from "./spent.ts";
import { Tape } from "./tape.ts";

/** The steps of a flight: look up, compute a missing value, store it. Only `compute` may fail. */
export interface Job {
  /** The namespace, tenant and CID, without the name of the way of computing. */
  readonly key: string;
  /**
   * Issues a ticket for the key; `onVoid` is called when the key is deleted, cleared or replaced.
   */
  board(onVoid: () => void): Ticket;
  lookup(signal: AbortSignal): MaybePromise<Clearance>;
  /** Returns the moment at which the computation starts. */
  mark(ticket: Ticket): MaybePromise<Mark>;
  compute(signal: AbortSignal, tape: Tape): Promise<Content>;
  cost(value: unknown): number | undefined;
  /** Returns whether the value was stored. */
  keep(content: Content, spent: Spent, mark: Mark): MaybePromise<boolean>;
  handIn(ticket: Ticket): void;
}

/** A computation in progress, as its callers see it. */
export interface FlightHandle {
  /** True if all callers have left and the computation is being aborted. */
  readonly abandoned: boolean;
  /** Resolves when the computation has fully ended; never rejects. */
  readonly ended: Promise<void>;
}

/** One computation, shared by all callers that want the value at the same time. */
export class Flight implements FlightHandle, Computation {
  readonly tape: Tape = new Tape();
  readonly key: string;
  /** The record that the lookup found; undefined if the value is being computed. Never rejects. */
  found: Promise<LiveRecord | undefined> = Promise.resolve(undefined);
  ended: Promise<void> = Promise.resolve();
  /** The time and cost of the computation, once it is done. */
  spent: Spent | undefined;
  readonly parent: Computation | undefined;
  readonly waitsFor: Set<Computation> = new Set();
  readonly #controller = new AbortController();
  readonly #retire: () => void;
  #members = 0;
  #run: Promise<void> | undefined;

  /** `retire` is called when no more callers may join. */
  constructor(key: string, parent: Computation | undefined, retire: () => void) {
    this.key = key;
    this.parent = parent;
    this.#retire = retire;
  }

  get abandoned(): boolean {
    return this.#controller.signal.aborted;
  }

  start(job: Job): void {
    // A caller that comes after a delete, clear or replace must not get a value that was started
    // before.
    const ticket = job.board(this.#retire);
    const clearance = job.lookup(this.#controller.signal);
    const taken = whenReady(clearance, (cleared) => this.#take(cleared, job, ticket));
    this.found = Promise.resolve(taken);
    this.ended = this.found.then(() => this.#run);
  }

  /** Adds the caller. Returns a function with which it leaves; calling it twice does no harm. */
  join(signal: AbortSignal | undefined): () => void {
    this.#members++;
    let here = true;
    const leave = () => {
      if (!here) return;
      here = false;
      stopListening?.();
      if (--this.#members === 0 && this.tape.running) this.#abandon();
    };
    const stopListening = signal && onAbort(signal, leave);
    return leave;
  }

  #take(clearance: Clearance, job: Job, ticket: Ticket): LiveRecord | undefined {
    const { record, lease } = clearance;
    if (record) this.#retire();
    else if (!this.abandoned) this.#run = this.#compute(job, ticket, lease);
    else void lease?.release("declined");
    if (!this.#run) job.handIn(ticket);
    return record;
  }

  async #compute(job: Job, first: Ticket, lease: Lease | undefined): Promise<void> {
    // An invalidation during the lookup came before the computation starts, so it needs a new
    // ticket.
    const ticket = first.valid ? first : job.board(this.#retire);
    const { signal } = this.#controller;
    let stored = false;
    // Other processes need not wait for a stream whose readers have stopped reading.
    this.tape.onStall = () => void lease?.release("declined");
    try {
      const marking = job.mark(ticket);
      const mark = isPromise(marking) ? await marking : marking;
      const started = performance.now();
      const content = await runInside(this, () => job.compute(signal, this.tape));
      if (signal.aborted) return;
      this.spent = { elapsed: performance.now() - started, cost: job.cost(content.value) };
      const kept = job.keep(content, this.spent, mark);
      this.tape.end(content.value);
      // Callers that come while the stores are still writing are served by this flight.
      stored = await kept;
    } catch (error) {
      this.tape.fail(error);
    } finally {
      this.#retire();
      job.handIn(ticket);
      void lease?.release(stored ? "stored" : "declined");
      await this.tape.woundUp;
    }
  }

  #abandon(): void {
    this.#retire();
    const reason = new DOMException("Every caller has left.", "AbortError");
    this.tape.fail(reason);
    this.#controller.abort(reason);
  }
}
