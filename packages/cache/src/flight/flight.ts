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

/** What a flight does: look, compute what is not there, keep it. None but `compute` may fail. */
export interface Job {
  /** Namespace, tenant and CID, without the way in which it is computed. */
  readonly key: string;
  /** A ticket for the key; `onVoid` is called when it is deleted, cleared or replaced. */
  board(onVoid: () => void): Ticket;
  lookup(signal: AbortSignal): MaybePromise<Clearance>;
  /** The moment from which on it is computed. */
  mark(ticket: Ticket): MaybePromise<Mark>;
  compute(signal: AbortSignal, tape: Tape): Promise<Content>;
  cost(value: unknown): number | undefined;
  /** Whether it was stored. */
  keep(content: Content, spent: Spent, mark: Mark): MaybePromise<boolean>;
  handIn(ticket: Ticket): void;
}

/** A computation in progress, as one who waits for it sees it. */
export interface FlightHandle {
  /** Every caller has left, and it is being ended. */
  readonly abandoned: boolean;
  /** Resolves once nothing of it runs any more; never rejects. */
  readonly ended: Promise<void>;
}

/** One computation for all who want it at the same time. */
export class Flight implements FlightHandle, Computation {
  readonly tape: Tape = new Tape();
  readonly key: string;
  /** What the lookup found; undefined when the tape is on. Never rejects. */
  found: Promise<LiveRecord | undefined> = Promise.resolve(undefined);
  ended: Promise<void> = Promise.resolve();
  /** What the computation took, once it is done. */
  spent: Spent | undefined;
  readonly parent: Computation | undefined;
  readonly waitsFor: Set<Computation> = new Set();
  readonly #controller = new AbortController();
  readonly #retire: () => void;
  #members = 0;
  #run: Promise<void> | undefined;

  /** `retire` is called when nobody can join any more. */
  constructor(key: string, parent: Computation | undefined, retire: () => void) {
    this.key = key;
    this.parent = parent;
    this.#retire = retire;
  }

  get abandoned(): boolean {
    return this.#controller.signal.aborted;
  }

  start(job: Job): void {
    // A caller after a delete, clear or replace must not get what was begun before it.
    const ticket = job.board(this.#retire);
    const clearance = job.lookup(this.#controller.signal);
    const taken = whenReady(clearance, (cleared) => this.#take(cleared, job, ticket));
    this.found = Promise.resolve(taken);
    this.ended = this.found.then(() => this.#run);
  }

  /** Makes the caller a member. Returns what it calls to leave; to call it twice does no harm. */
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
    // What was invalidated during the wait was so before the computation began.
    const ticket = first.valid ? first : job.board(this.#retire);
    const { signal } = this.#controller;
    let stored = false;
    // Others need not wait for a stream whose readers do not read on.
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
      // Who comes while the stores are still writing is served by this flight.
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
