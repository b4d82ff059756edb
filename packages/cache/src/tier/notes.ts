import { targetMatcher } from "../cache/target.ts";
import type { Codec } from "../codec/codec.ts";
import type { CodecSource } from "../codec/codec-source.ts";
import { isPromise, type MaybePromise, whenReady } from "../maybe-promise.ts";
import type { Invalidation, InvalidationNews, InvalidationStore } from "../store/store.ts";

/** A store whose notes are read; none of its failures reach the caller. */
export interface NotedStore {
  readonly codec: CodecSource;
  attempt<T>(operation: string, run: () => MaybePromise<T>, fallback: T): MaybePromise<T>;
}

/** The notes of one store, as one cache writes and reads them. */
export class Notes {
  readonly #noted: NotedStore;
  readonly #store: InvalidationStore;
  readonly #author: () => string;
  #codec: Codec | undefined;

  constructor(noted: NotedStore, store: InvalidationStore, author: () => string) {
    this.#noted = noted;
    this.#store = store;
    this.#author = author;
  }

  /** Makes a change to the store and notes it for other processes. */
  around<T>(codec: Codec, target: string, change: () => MaybePromise<T>): MaybePromise<T> {
    return this.#store.around({ author: this.#author(), target: codec.hide(target) }, change);
  }

  /** Returns undefined if the store could not be read. */
  since(position?: string): MaybePromise<InvalidationNews | undefined> {
    return this.#noted.attempt<InvalidationNews | undefined>(
      "invalidations",
      () =>
        whenReady(this.#noted.codec(), (codec) => {
          this.#codec = codec;
          return this.#store.since(position);
        }),
      undefined,
    );
  }

  /** Returns the targets that other caches noted; this cache applied its own when it made them. */
  foreign(notes: readonly Invalidation[]): (string | undefined)[] {
    const own = this.#author();
    return notes
      .filter(({ author }) => author !== own)
      .map(({ target }) => this.#codec?.reveal(target));
  }

  /** Returns true if another cache has invalidated the key since a position. */
  isVoid(key: string, position: string | undefined): MaybePromise<boolean> {
    if (position === undefined) return false;
    const news = this.since(position);
    return isPromise(news)
      ? news.then((found) => this.#concerns(key, found))
      : this.#concerns(key, news);
  }

  #concerns(key: string, news: InvalidationNews | undefined): boolean {
    if (!news) return false;
    if (!news.notes) return true;
    return this.foreign(news.notes).some((target) => !target || targetMatcher(target)(key));
  }
}
