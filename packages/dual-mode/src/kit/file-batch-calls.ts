import type { CanonicalRequest } from "../contract/canonical.ts";
import type { BatchLine, BatchResult, SoughtBatch } from "../contract/mode-batch.ts";
import type { RunContext } from "../contract/mode-context.ts";
import type { Part } from "../contract/part.ts";
import { givenCount, givenText, isMembers, type Members } from "../foreign/guards.ts";
import { unreadable } from "../foreign/unreadable.ts";
import { sdkError } from "../http/sdk-error.ts";
import { BatchUploads } from "./batch-uploads.ts";
import { answerOf, refusalOf } from "./file-batch-result.ts";
import type { FileBatchClient, FileBatchVendor } from "./file-batch-vendor.ts";
import { pagesOf } from "./pages-of.ts";
import { readResultLines } from "./result-lines.ts";

/** The most bytes of the results of one batch. */
const maxBytes = 2 * 1024 ** 3;
/** Seconds by which this machine's clock may be ahead of the vendor's. */
const clocksApart = 600;

const ended: ReadonlySet<string> = new Set(["completed", "failed", "expired", "cancelled"]);

/** The requests of `fileBatch` to a vendor, and the reading of its results. */
export class FileBatchCalls<Options, Client extends FileBatchClient> {
  readonly #vendor: FileBatchVendor<Options, Client>;
  readonly #uploads = new BatchUploads<Options>((file, context) =>
    this.#ask(context, async ({ files }, signal) => files.delete?.(file, signal)),
  );

  constructor(vendor: FileBatchVendor<Options, Client>) {
    this.#vendor = vendor;
  }

  async submit(
    lines: readonly BatchLine[],
    mark: string,
    context: RunContext<Options>,
  ): Promise<string> {
    const upload = () => this.#upload(lines, mark, context);
    const input_file_id = await this.#uploads.of(lines, upload);
    const endpoint = lines.map(({ body }) => (body as { readonly url: string }).url)[0] ?? "";
    const made = await this.#ask(context, ({ batches }, signal) =>
      batches.create(
        {
          ...{ input_file_id, endpoint, completion_window: "24h" },
          metadata: { acc_batch: mark },
        },
        signal,
      ),
    );
    this.#uploads.submitted(lines);
    return this.#idOf(made);
  }

  async #upload(
    lines: readonly BatchLine[],
    mark: string,
    context: RunContext<Options>,
  ): Promise<string> {
    const text = lines.map(({ id, body }) => `${JSON.stringify({ custom_id: id, ...body })}\n`);
    const file = new File(text, `${mark}.jsonl`, { type: "application/jsonl" });
    const uploaded = await this.#ask(
      context,
      ({ files }, signal) => files.create({ file, purpose: "batch" }, signal),
      { upload: true },
    );
    return this.#idOf(uploaded);
  }

  discard(lines: readonly BatchLine[], context: RunContext<Options>): Promise<void> {
    return this.#uploads.discard(lines, context);
  }

  find(
    { mark, after }: SoughtBatch,
    context: RunContext<Options>,
  ): Promise<{ readonly id: string } | undefined> {
    return this.#ask(context, async (client, signal) => {
      const since = Math.floor(after / 1_000) - clocksApart;
      for await (const batch of this.#listed(client, since, signal)) {
        if (markOf(batch) === mark) return { id: this.#idOf(batch) };
      }
      return undefined;
    });
  }

  /**
   * Yields the batches of all pages, until a page has none that was made after `since` (in
   * seconds).
   */
  async *#listed(client: Client, since: number, signal: { readonly signal: AbortSignal }) {
    const { list, who } = this.#vendor;
    const pages = pagesOf<Members>(who, async (after) => {
      const sent = await list(
        client,
        { limit: 100, ...(after !== undefined && { after }) },
        signal,
      );
      const { data, has_more } = isMembers(sent) ? sent : {};
      if (!Array.isArray(data)) throw unreadable(who, "no list of batches");
      // An empty page is the last one, as is a page on which all batches are too old.
      const isLast = has_more !== true || data.every((each) => Number(each?.created_at) < since);
      return { all: data, next: isLast ? undefined : this.#idOf(data.at(-1)) };
    });
    for await (const page of pages) yield* page;
  }

  async hasEnded(id: string, context: RunContext<Options>): Promise<boolean> {
    return ended.has((await this.#look(id, context)).status);
  }

  /**
   * Answers and errors are in two files, of which either may be absent. If the batch did not
   * complete, its own status applies to the remaining lines, except for answers that it counts and
   * that have not arrived.
   */
  async *results(id: string, context: RunContext<Options>): AsyncGenerator<BatchResult> {
    const { status, errors, request_counts, ...files } = await this.#look(id, context);
    let read = 0;
    for await (const result of this.#file(files.output_file_id, context)) {
      read += 1;
      yield result;
    }
    yield* this.#file(files.error_file_id, context);
    if (status !== "completed") {
      const result = { status, errors };
      const refused = await refusalOf(result, this.#vendor);
      const counted = isMembers(request_counts) ? givenCount(request_counts.completed) : undefined;
      const missing = Math.max(0, (counted ?? 0) - read);
      yield { result, missing, ...(refused && { refused }) };
    }
    const asked = givenText(files.input_file_id);
    if (asked !== undefined) await this.#uploads.remove(asked, context);
  }

  async *#file(given: unknown, context: RunContext<Options>): AsyncGenerator<BatchResult> {
    const file = givenText(given);
    if (file === undefined) return;
    const answer = await this.#ask(context, ({ files }, signal) =>
      files.content(file, signal).asResponse(),
    );
    for await (const { id, line } of readResultLines(answer, "custom_id")) {
      yield { id, result: line };
    }
  }

  /**
   * A batch that is being cancelled, or has ended, is not cancelled again: the vendor refuses that.
   */
  async cancel(id: string, context: RunContext<Options>): Promise<void> {
    try {
      await this.#ask(context, ({ batches }, signal) => batches.cancel(id, signal));
    } catch (refused) {
      context.signal.throwIfAborted();
      const { status } = await this.#look(id, context);
      if (status !== "cancelling" && !ended.has(status)) throw refused;
    }
  }

  async *read(
    result: unknown,
    request: CanonicalRequest,
    context: RunContext<Options>,
  ): AsyncGenerator<Part> {
    const data = await answerOf(result, this.#vendor);
    yield* this.#vendor.read(once({ data }), request, context);
  }

  /** Returns the batch with its status. */
  async #look(
    id: string,
    context: RunContext<Options>,
  ): Promise<Members & { readonly status: string }> {
    const batch = await this.#ask(context, ({ batches }, signal) => batches.retrieve(id, signal));
    const status = isMembers(batch) ? givenText(batch.status) : undefined;
    if (status === undefined) throw unreadable(this.#vendor.who, "a batch without a status");
    return { ...(batch as Members), status };
  }

  async #ask<T>(
    context: RunContext<Options>,
    ask: (client: Client, options: { signal: AbortSignal }) => PromiseLike<T>,
    { upload = false } = {},
  ): Promise<T> {
    const { who, refusals, open } = this.#vendor;
    const { signal } = context;
    try {
      return await ask(await open(context, { maxBytes, upload }), { signal });
    } catch (thrown) {
      signal.throwIfAborted();
      throw await sdkError(thrown, who, refusals);
    }
  }

  #idOf(made: unknown): string {
    const id = isMembers(made) ? givenText(made.id) : undefined;
    if (id === undefined) throw unreadable(this.#vendor.who, "a file or batch without its id");
    return id;
  }
}

async function* once<T>(value: T): AsyncGenerator<T> {
  yield value;
}

function markOf(batch: unknown): unknown {
  const metadata = isMembers(batch) ? batch.metadata : undefined;
  return isMembers(metadata) ? metadata.acc_batch : undefined;
}
