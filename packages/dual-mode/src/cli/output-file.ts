import { closeSync, fstatSync, ftruncateSync, openSync, readSync } from "node:fs";
import { onChange } from "./on-change.ts";

/** Milliseconds between two looks at the file while the command lives, whoever tells of a change. */
const pause = 5;
const chunkBytes = 64 * 1024;

/**
 * The file that is a command's stdout, and its bytes as they come. It is no pipe: a command that
 * ends with `process.exit` loses what a pipe had no room for, some 200 KB, and still tells success.
 */
export class OutputFile {
  /** For the command to write to. */
  readonly descriptor: number;
  readonly #path: string;
  #position = 0;
  #limit = 0;
  #timer: NodeJS.Timeout | undefined;
  /** What was not read when the file was closed. */
  #rest: Uint8Array | undefined;
  #wake = () => {};
  #ignoreChanges = () => {};

  constructor(path: string) {
    this.#path = path;
    this.descriptor = openSync(path, "ax+", 0o600);
  }

  /** What was written to it so far, before anybody reads it: its first 64 KiB. */
  peek(): string {
    return Buffer.from(this.#rest ?? this.#readAt(chunkBytes)).toString("utf8");
  }

  /** Looks at its size until it is closed, also while nobody reads. */
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

  /** The bytes up to the end, which is where the file is closed; for one reader. */
  async *read(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunk = this.#next();
      if (chunk.length > 0) {
        yield chunk;
        if (this.#rest?.length === 0) return;
        // A long output that is there already must not keep timers and signals waiting.
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

  /** To be called when the command is gone; what nobody has read yet stays readable. */
  close(): void {
    if (this.#rest !== undefined) return;
    clearInterval(this.#timer);
    this.#ignoreChanges();
    this.#rest = this.#readAt(this.#limit + 1 - this.#position);
    // Who left the process group may hold it open for as long as it likes.
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

  /** From the page cache: a hop to a thread costs more. */
  #readAt(most: number): Uint8Array {
    const there = Math.min(fstatSync(this.descriptor).size - this.#position, most);
    const bytes = Buffer.allocUnsafe(Math.max(0, there));
    return bytes.subarray(0, readSync(this.descriptor, bytes, 0, bytes.length, this.#position));
  }
}
