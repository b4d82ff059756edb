import type { Failure } from "../contract/failure.ts";
import type { Limits } from "../contract/part.ts";
import type { SharedCredential } from "../contract/shared-state.ts";
import { type Bounds, Starts } from "./bounds.ts";
import { ModelQueue, type Waiter } from "./model-queue.ts";
import type { Asker, Outcome, Pass } from "./pass.ts";

/** How many models one credential has before those that are not used are forgotten. */
const manyModels = 64;

/** The longest timer of Node.js; a longer one fires at once. */
const longestTimer = 2 ** 31 - 1;

/**
 * The queue of calls for one credential. The first to come is the first to start, as soon as the
 * learned and reported limits and the bounds of the clients allow it. There is one timer, however
 * many calls wait.
 */
export class Lane {
  readonly #models = new Map<string, ModelQueue>();
  readonly #starts = new Starts();
  #running = 0;
  #waiting = 0;
  #timer: NodeJS.Timeout | undefined;
  #timerAt = Number.POSITIVE_INFINITY;

  readonly #shared: SharedCredential | undefined;

  /** @param shared The credential's limits that machines share. */
  constructor(shared?: SharedCredential) {
    this.#shared = shared;
  }

  /** The number of attempts in progress. */
  get running(): number {
    return this.#running;
  }

  /**
   * Returns permission for one attempt: at once, or when it is this call's turn. Undefined if the
   * call should not wait here.
   *
   * @throws the signal's reason
   */
  enter(asker: Asker, bounds: Bounds): Pass | Promise<Pass | undefined> {
    const now = performance.now();
    const queue = this.#queueOf(asker.model, now);
    if (this.#isPassable(now) && this.#readyAt(queue, asker, bounds, now) <= now) {
      return this.#start(queue, now);
    }
    return this.#wait(queue, asker, bounds, now);
  }

  /** Returns the ms for which the vendor accepts no call for this model; 0 if it accepts them. */
  blockedFor(model: string, now: number): number {
    const blockedUntil = this.#known(model, now)?.limits.blockedUntil ?? 0;
    return Math.max(0, blockedUntil - now);
  }

  /** Returns the vendor's last refusal of a call for this model. */
  refusalOf(model: string): Failure | undefined {
    return this.#models.get(model)?.refusal;
  }

  /** Returns about how many ms a call would wait; 0 if it may start at once. */
  expectedWait(asker: Pick<Asker, "model" | "deadline">, bounds: Bounds): number {
    const now = performance.now();
    const queue = this.#known(asker.model, now);
    const byLimit = queue?.expectedWait(now, asker.deadline) ?? 0;
    if (this.#boundsAt(bounds, now) <= now) return Math.max(byLimit, this.#waiting > 0 ? 1 : 0);
    return Math.max(byLimit, 1 + this.#waiting);
  }

  /**
   * Makes all waiting calls plan again, for one model or for all, because the credential was
   * refused.
   */
  replan(model: string | undefined): void {
    for (const [name, queue] of this.#models) {
      if (model !== undefined && model !== name) continue;
      this.#turnAway(queue, () => true);
    }
    this.#drain();
  }

  isForgettable(now: number): boolean {
    if (this.#running > 0 || this.#waiting > 0) return false;
    return [...this.#models.values()].every((queue) => queue.isForgettable(now));
  }

  /** Other machines may know of a model that nobody has used here. */
  #known(model: string, now: number): ModelQueue | undefined {
    return this.#shared === undefined ? this.#models.get(model) : this.#queueOf(model, now);
  }

  #queueOf(model: string, now: number): ModelQueue {
    const known = this.#models.get(model);
    if (known !== undefined) return known;
    if (this.#models.size >= manyModels) {
      for (const [name, queue] of this.#models) {
        if (queue.isForgettable(now)) this.#models.delete(name);
      }
    }
    const shared = this.#shared;
    const queue = new ModelQueue(
      shared && ((line) => shared.limits(model, line, () => this.#drain())),
    );
    this.#models.set(model, queue);
    return queue;
  }

  /** Whether no call waits that the vendor's limits would let start. */
  #isPassable(now: number): boolean {
    return this.#waiting === 0 || this.#nextTurn(now).waiter === undefined;
  }

  #readyAt(queue: ModelQueue, { deadline }: Asker, bounds: Bounds, now: number): number {
    return Math.max(queue.limits.readyAt(now, deadline), this.#boundsAt(bounds, now));
  }

  #boundsAt({ concurrency, rate }: Bounds, now: number): number {
    if (concurrency !== undefined && this.#running >= concurrency) return Number.POSITIVE_INFINITY;
    return rate === undefined ? now : this.#starts.readyAt(rate, now);
  }

  #start(queue: ModelQueue, now: number): Pass {
    const window = queue.limits.release(now);
    let isAdmitted = false;
    this.#running += 1;
    this.#starts.add(now);
    return {
      admitted: () => {
        if (isAdmitted) return;
        isAdmitted = true;
        queue.limits.admitted(window, performance.now());
        this.#drain();
      },
      told: (limits: Limits) => {
        queue.limits.tell(limits, performance.now(), Date.now());
        this.#drain();
      },
      end: ({ refused }: Outcome) => {
        this.#running -= 1;
        if (refused !== undefined) this.#refuse(queue, window, refused);
        else if (!isAdmitted) queue.limits.untold(window);
        this.#drain();
      },
    };
  }

  #refuse(
    queue: ModelQueue,
    window: number,
    { wait, failure }: NonNullable<Outcome["refused"]>,
  ): void {
    queue.refusal = failure;
    queue.limits.refused(window, wait, performance.now());
    const { blockedUntil } = queue.limits;
    this.#turnAway(queue, ({ asker }) => asker.elsewhere || asker.deadline <= blockedUntil);
  }

  #turnAway(queue: ModelQueue, whom: (waiter: Waiter) => boolean): void {
    for (const waiter of queue.line) {
      if (!whom(waiter)) continue;
      this.#leave(queue, waiter);
      waiter.go(undefined);
    }
  }

  #wait(queue: ModelQueue, asker: Asker, bounds: Bounds, now: number): Promise<Pass | undefined> {
    const { signal, ticket } = asker;
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const stop = () => {
        this.#leave(queue, waiter);
        reject(signal.reason);
        this.#drain();
      };
      const go = (pass: Pass | undefined) => {
        signal.removeEventListener("abort", stop);
        resolve(pass);
      };
      const waiter: Waiter = { ticket, asker, bounds, go };
      signal.addEventListener("abort", stop, { once: true });
      queue.line.add(waiter);
      this.#waiting += 1;
      this.#drain(now);
    });
  }

  #leave(queue: ModelQueue, waiter: Waiter): void {
    queue.line.remove(waiter);
    this.#waiting -= 1;
  }

  /** Starts the calls whose turn it is, and sets the timer for the next one. */
  #drain(now?: number): void {
    if (this.#waiting > 0 || this.#timer !== undefined) this.#letGo(now ?? performance.now());
  }

  #letGo(now: number): void {
    let next = Number.POSITIVE_INFINITY;
    while (this.#waiting > 0) {
      const turn = this.#nextTurn(now);
      next = turn.at;
      if (turn.waiter === undefined || next > now) break;
      this.#leave(turn.queue, turn.waiter);
      turn.waiter.go(this.#start(turn.queue, now));
    }
    this.#arm(this.#waiting === 0 ? Number.POSITIVE_INFINITY : next, now);
  }

  /**
   * Returns the call that has waited longest of those that no vendor's limit holds: no other call
   * overtakes it.
   */
  #nextTurn(
    now: number,
  ): { at: number; queue: ModelQueue; waiter: Waiter } | { at: number; waiter?: undefined } {
    let at = Number.POSITIVE_INFINITY;
    let found: { queue: ModelQueue; waiter: Waiter } | undefined;
    for (const queue of this.#models.values()) {
      const waiter = queue.line.first;
      if (waiter === undefined) continue;
      const ready = queue.limits.readyAt(now, waiter.asker.deadline);
      if (ready > now) at = Math.min(at, ready);
      else if (found === undefined || waiter.ticket < found.waiter.ticket)
        found = { queue, waiter };
    }
    if (found === undefined) return { at };
    return { at: Math.min(this.#boundsAt(found.waiter.bounds, now)), ...found };
  }

  #arm(at: number, now: number): void {
    if (at === this.#timerAt) return;
    clearTimeout(this.#timer);
    this.#timerAt = at;
    this.#timer = undefined;
    if (at === Number.POSITIVE_INFINITY) return;
    this.#timer = setTimeout(
      () => {
        this.#timerAt = Number.POSITIVE_INFINITY;
        this.#drain();
      },
      Math.min(longestTimer, Math.ceil(at - now)),
    );
  }
}
