import type { Answer, StreamAnswer } from "../cache/entry.ts";
import type { Keeper } from "../cache/keeper.ts";
import type { ComputeOptions, StreamOptions } from "../cache/options.ts";
import type { RecordingMode } from "../cache/recording-mode.ts";
import { ResponseCache } from "../cache/response-cache.ts";
import type { Scope } from "../cache/scope.ts";
import { CacheError } from "../error.ts";
import type { MaybePromise } from "../maybe-promise.ts";
import { describeMiss, type Explanation, explainMiss } from "./explain-miss.ts";
import type { RecordingStore } from "./recording-store.ts";
import type { RecordingsFolder } from "./recordings-folder.ts";
import { requestForm, requestOf } from "./request-form.ts";
import { sorted } from "./sorted.ts";

/** A recorded response. */
export interface RecordedAnswer {
  readonly cid: string;
  readonly namespace?: string;
  readonly tenant?: string;
  /** The part of the request that is in its key; absent if only the CID was known. */
  readonly request?: unknown;
  readonly response: unknown;
}

/**
 * A cache whose entries are recordings. Its mode alone, not the options of a call, decides which
 * requests are sent.
 */
export class RecordingCache extends ResponseCache {
  readonly #store: RecordingStore;
  readonly #folder: RecordingsFolder;
  readonly #keeper: Keeper;

  /** Use `recordings` instead. */
  constructor(
    parts: ConstructorParameters<typeof ResponseCache>,
    store: RecordingStore,
    folder: RecordingsFolder,
  ) {
    super(...parts);
    this.#keeper = parts[0];
    this.#store = store;
    this.#folder = folder;
  }

  override get recording(): RecordingMode {
    return this.#store.mode;
  }

  override key(request: unknown): string {
    const cid = super.key(request);
    this.#store.asked(cid, request);
    return cid;
  }

  /**
   * Finds the recorded request that is most similar to a request, and the members in which they
   * differ.
   */
  explain(request: unknown): Explanation {
    this.key(request);
    return explainMiss(this.#folder, requestForm(request));
  }

  /**
   * Yields every recording, by CID.
   *
   * @throws CacheError `DAMAGED`, `NEWER_FORMAT` for a recording that cannot be read
   */
  *recorded(): Generator<RecordedAnswer> {
    for (const found of this.#folder.all()) {
      if ("fault" in found) throw found.fault;
      const { cid, namespace, tenant, request, response } = found.recording;
      yield {
        cid,
        ...(namespace !== undefined && { namespace }),
        ...(tenant !== undefined && { tenant }),
        ...(request !== undefined && { request: requestOf(request) }),
        response,
      };
    }
  }

  /**
   * @throws CacheError `NOT_RECORDED` in mode "replay"; `DAMAGED`, `NEWER_FORMAT` except in
   * "record"
   */
  override getOrCompute<T>(
    cid: string,
    compute: (signal: AbortSignal) => Promise<T>,
    options: ComputeOptions<T> = {},
  ): MaybePromise<Answer<T>> {
    const ask = async (signal: AbortSignal) => {
      this.#admit(cid, options);
      return sorted(await compute(signal));
    };
    return super.getOrCompute(cid, ask, { ...options, refresh: false });
  }

  /** @throws CacheError like `getOrCompute`, when the stream is read */
  override getOrStream<Part>(
    cid: string,
    produce: (signal: AbortSignal) => AsyncIterable<Part>,
    options: StreamOptions<Part> = {},
  ): MaybePromise<StreamAnswer<Part>> {
    const admit = () => this.#admit(cid, options);
    async function* ask(signal: AbortSignal) {
      admit();
      // Parts have their members in the order of a replay, because a program may put a part into
      // its next request.
      for await (const part of produce(signal)) yield sorted(part);
    }
    return super.getOrStream(cid, ask, { ...options, refresh: false });
  }

  #admit(cid: string, scope: Scope): void {
    const { mode } = this.#store;
    if (mode === "record") return;
    // A file that cannot be read is not a miss: computing again would overwrite it.
    this.#folder.read(this.#keeper.keyOf(cid, scope));
    if (mode === "auto") return;
    const request = this.#store.requestOf(cid);
    const explanation = explainMiss(this.#folder, request);
    const [first] = explanation.differences;
    const words = describeMiss(explanation, this.#folder.path);
    const fix = 'Record it where it can be asked: mode "auto" or "record", or ACC_RECORDINGS=auto.';
    const path = first && { path: first.path, reason: "differs from what is recorded" };
    throw new CacheError("NOT_RECORDED", `${words} ${fix}`, path);
  }
}
