import { isPromise, type MaybePromise, whenReady } from "../maybe-promise.ts";
import type { InvalidationNews } from "../store/store.ts";
import type { Notes } from "./notes.ts";

/** How long the tiers above a store are trusted without reading its notes, in ms. */
const LOOK_EVERY = 400;
/** How long after a failed read of the notes the next one is tried, in ms. */
const LOOK_AGAIN = 100;
/**
 * The age of the last read from which on a caller waits for the next one, in ms; it is started
 * earlier.
 */
const OLDEST = 900;

/** Learns, for the tiers above a store, what other processes invalidated in it. */
export class Follower {
  readonly #notes: Notes;
  readonly #forget: (target: string | undefined) => MaybePromise<void>;
  #position: string | undefined;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #looking: Promise<void> | undefined;
  /** True if the notes could not be read before they were read for the first time. */
  #blind = false;

  /** `forget` is called with a key or a scope, or with undefined for everything. */
  constructor(notes: Notes, forget: (target: string | undefined) => MaybePromise<void>) {
    this.#notes = notes;
    this.#forget = forget;
  }

  isTrusted(now: number): boolean {
    const age = now - this.#lookedAt;
    return age < LOOK_EVERY && age >= 0;
  }

  /** Reads the notes if it is time. Returns undefined if the caller need not wait. */
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
    // The store cannot be read, so the tiers above it are all that is left.
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
