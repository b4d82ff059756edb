import type { RunContext } from "../contract/mode-context.ts";
import type { AtHandIterator } from "../foreign/at-hand.ts";
import { Batches } from "../foreign/batches.ts";
import { defaultOutputBytes } from "../text/default-output-bytes.ts";
import { boundReader } from "./bound-reader.ts";
import { EventLines, type ServerSentEvent } from "./event-lines.ts";
import { networkError } from "./network-error.ts";

/**
 * Reads an event stream as the HTML standard says: UTF-8 across chunk borders, a byte order mark,
 * LF, CRLF and CR, comments, several data lines. It differs where servers do: an event that is
 * complete except for its blank line counts at the end of the stream, and a body of plain JSON (an
 * error or a whole answer) is one event. Leaving the loop cancels the body at once.
 *
 * @param context The mode's context: everything that arrives, even a comment, calls its `alive`,
 * and its abort ends the reading.
 * @throws {@link DualModeError} `NETWORK` if the stream breaks off, `OUTPUT_TOO_LARGE` for an event
 * of more than 16 Mi characters and, with a signal, for more than 64 MiB in all; after an abort,
 * the signal's own reason.
 */
export function readServerSentEvents(
  body: AsyncIterable<Uint8Array> | null,
  context?: Heard,
): AtHandIterator<ServerSentEvent> {
  return new EventReader(sourceOf(body, context));
}

/** The members of a mode's context that the reader uses. */
type Heard = Pick<RunContext<unknown>, "alive"> & Partial<Pick<RunContext<unknown>, "signal">>;

/** A source of chunks. Cancelling it ends a read that is in progress. */
interface Source {
  read(): Promise<{ readonly done?: boolean | undefined; readonly value?: Uint8Array | undefined }>;
  cancel(): Promise<unknown> | undefined;
}

class EventReader extends Batches<ServerSentEvent> {
  readonly #source: Source;
  readonly #decoder = new TextDecoder();
  readonly #lines = new EventLines();
  #ended = false;

  constructor(source: Source) {
    super();
    this.#source = source;
  }

  protected async more(): Promise<readonly ServerSentEvent[] | undefined> {
    if (this.#ended) return undefined;
    const { done, value } = await this.#read();
    if (this.over) return undefined;
    if (done || value === undefined) {
      this.#ended = true;
      return [...this.#lines.add(this.#decoder.decode()), ...this.#lines.end()];
    }
    try {
      return this.#lines.add(this.#decoder.decode(value, { stream: true }));
    } catch (error) {
      await this.leave();
      throw error;
    }
  }

  protected async leave(): Promise<void> {
    if (!this.#ended) await this.#source.cancel()?.catch(() => undefined);
  }

  async #read() {
    try {
      return await this.#source.read();
    } catch (error) {
      this.#ended = true;
      throw networkError(error) ?? error;
    }
  }
}

function sourceOf(body: AsyncIterable<Uint8Array> | null, context: Heard | undefined): Source {
  const { signal, alive } = context ?? {};
  if (body instanceof ReadableStream && signal !== undefined) {
    return boundReader(body, { signal, alive, count: { read: 0, most: defaultOutputBytes } });
  }
  const { read, cancel } = unboundSource(body);
  if (alive === undefined) return { read, cancel };
  return {
    cancel,
    async read() {
      const step = await read();
      if (!step.done) alive();
      return step;
    },
  };
}

function unboundSource(body: AsyncIterable<Uint8Array> | null): Source {
  if (body instanceof ReadableStream) {
    const reader = body.getReader();
    return { read: () => reader.read(), cancel: () => reader.cancel() };
  }
  const iterator = (body ?? nothing())[Symbol.asyncIterator]();
  return { read: () => iterator.next(), cancel: () => iterator.return?.() };
}

async function* nothing(): AsyncGenerator<never> {}
