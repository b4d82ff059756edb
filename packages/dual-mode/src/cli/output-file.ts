import { closeSync, fstatSync, ftruncateSync, openSync, readSync } from "node:fs";
import { onChange } from "./on-change.ts";

/**
 * Milliseconds between two checks of the file while the command runs, even if the system reports
 * changes.
 */
const pause = 5;
const chunkBytes = 64 * 1024;

/**
 * The file to which a command's stdout goes, and its bytes as they arrive. It is not a pipe,
 * because a command that ends with `process.exit` loses what the pipe has no room for, some 200 KB,
 * and still reports success.
 */
export class OutputFile {
  /** The descriptor to which the command writes. */
  readonly descriptor: number;
  readonly #path: string;
  #position = 0;
  #limit = 0;
  #timer: NodeJS.Timeout | undefined;
  /** The bytes that had not been read when the file was closed. */
  #rest: Uint8Array | undefined;
  #wake = () => {};
  #ignoreChanges = () => {};

  constructor(path: string) {
    this.#path = path;
    this.descriptor = openSync(path, "ax+", 0o600);
  }

  /** Returns what has been written before anybody reads it, up to 64 KiB. */
  peek(): string {
    return Buffer.from(this.#rest ?? this.#readAt(chunkBytes)).toString("utf8");
  }

  /** Checks the file's size until it is closed, even while nobody reads. */
  watch(limit: number, exceeded: () => void): void {
    if (this.#rest !== undefined) return;
    this.#limit = limit;
    const look = () => {
      const { size } = fstatSync(this.descriptor);
      if (size > limit) exceeded();
      if (size > this.#position) this.#wake();
    };
    this.#timer = setInterval(look, pause);
    this.#ignoreChanges = onChange(this.#path, look);
  }

  /** Yields the bytes until the file is closed and read to its end; for one reader. */
  async *read(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunk = this.#next();
      if (chunk.length > 0) {
        yield chunk;
        if (this.#rest?.length === 0) return;
        // A long output that is already there must not delay timers and signals.
        await new Promise((resolve) => setImmediate(resolve));
      } else if (this.#rest !== undefined) {
        return;
      } else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }

  /** Closes the file once the command is gone; what has not been read yet stays readable. */
  close(): void {
    if (this.#rest !== undefined) return;
    clearInterval(this.#timer);
    this.#ignoreChanges();
    this.#rest = this.#readAt(this.#limit + 1 - this.#position);
    // A process that left the group may hold the file open for as long as it likes.
    ftruncateSync(this.descriptor);
    closeSync(this.descriptor);
    this.#wake();
  }

  #next(): Uint8Array {
    if (this.#rest === undefined) {
      const chunk = this.#readAt(chunkBytes);
      this.#position += chunk.length;
      return chunk;
    }
    const chunk = this.#rest.subarray(0, chunkBytes);
    this.#rest = this.#rest.subarray(chunk.length);
    return chunk;
  }

  /** Reads from the page cache on this thread: handing it to another thread costs more. */
  #readAt(most: number): Uint8Array {
    const there = Math.min(fstatSync(this.descriptor).size - this.#position, most);
    const bytes = Buffer.allocUnsafe(Math.max(0, there));
    return bytes.subarray(0, readSync(this.descriptor, bytes, 0, bytes.length, this.#position));
  }
}
