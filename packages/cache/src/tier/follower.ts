import { isPromise, type MaybePromise, whenReady } from "../maybe-promise.ts";
import type { InvalidationNews } from "../store/store.ts";
import type { Notes } from "./notes.ts";

/** What is above a store is trusted without a look at its notes for this many ms. */
const LOOK_EVERY = 400;
/** A look that failed is tried again after this many ms. */
const LOOK_AGAIN = 100;
/** A look that has to be waited for is begun in time, and waited for from this age on, in ms. */
const OLDEST = 900;

/** Learns for the tiers above a store what other processes invalidated in it. */
export class Follower {
  readonly #notes: Notes;
  readonly #forget: (target: string | undefined) => MaybePromise<void>;
  #position: string | undefined;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #looking: Promise<void> | undefined;
  /** A look has failed before the first that did not. */
  #blind = false;

  /** `forget` is told a key or a scope, or undefined for everything. */
  constructor(notes: Notes, forget: (target: string | undefined) => MaybePromise<void>) {
    this.#notes = notes;
    this.#forget = forget;
  }

  isTrusted(now: number): boolean {
    const age = now - this.#lookedAt;
    return age < LOOK_EVERY && age >= 0;
  }

  /** Looks where it is time. Undefined where nothing has to be waited for. */
  catchUp(now: number): MaybePromise<void> {
    if (this.isTrusted(now)) return undefined;
    const looking = this.#looking ?? this.#look(now);
    const age = now - this.#lookedAt;
    return age < OLDEST && age >= 0 ? undefined : looking;
  }

  #look(now: number): MaybePromise<void> {
    const news = this.#notes.since(this.#position);
    const done = whenReady(news, (found) =>
      whenReady(this.#learn(found), () => {
        this.#lookedAt = found ? now : now - LOOK_EVERY + LOOK_AGAIN;
      }),
    );
    if (!isPromise(done)) return undefined;
    this.#looking = done.finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  #learn(news: InvalidationNews | undefined): MaybePromise<void> {
    // A store that cannot be asked: what is above it is all that there is.
    if (!news) {
      this.#blind = true;
      return undefined;
    }
    const first = this.#position === undefined;
    const blind = this.#blind;
    this.#position = news.position;
    this.#blind = false;
    if (first) return blind ? this.#forget(undefined) : undefined;
    if (!news.notes) return this.#forget(undefined);
    return this.#forgetAll(this.#notes.foreign(news.notes), 0);
  }

  #forgetAll(targets: readonly (string | undefined)[], from: number): MaybePromise<void> {
    for (let index = from; index < targets.length; index++) {
      const forgotten = this.#forget(targets[index]);
      if (isPromise(forgotten)) return forgotten.then(() => this.#forgetAll(targets, index + 1));
    }
    return undefined;
  }
}
