import type { BatchLine } from "../contract/mode-batch.ts";
import type { RunContext } from "../contract/mode-context.ts";
import { removeQuietly } from "./remove-quietly.ts";

/** The files of requests that a vendor stores for batches. */
export class BatchUploads<Options> {
  readonly #remove: (file: string, context: RunContext<Options>) => PromiseLike<unknown>;
  /** The files of lines that are not submitted yet. */
  readonly #files = new WeakMap<readonly BatchLine[], string>();

  constructor(remove: (file: string, context: RunContext<Options>) => PromiseLike<unknown>) {
    this.#remove = remove;
  }

  /** Returns the file of the lines; it is uploaded once, however often they are submitted. */
  async of(lines: readonly BatchLine[], upload: () => Promise<string>): Promise<string> {
    const file = this.#files.get(lines) ?? (await upload());
    this.#files.set(lines, file);
    return file;
  }

  /** Notes that there is a batch of the lines, to which their file belongs from now on. */
  submitted(lines: readonly BatchLine[]): void {
    this.#files.delete(lines);
  }

  /** Removes the file of lines of which there will be no batch. */
  async discard(lines: readonly BatchLine[], context: RunContext<Options>): Promise<void> {
    const file = this.#files.get(lines);
    this.#files.delete(lines);
    if (file !== undefined) await this.remove(file, context);
  }

  /** Removes a file, if the vendor allows it: it never throws. */
  remove(file: string, context: RunContext<Options>): Promise<void> {
    return removeQuietly(context, (bounded) => this.#remove(file, bounded));
  }
}
