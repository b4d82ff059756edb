import { constants, type FileHandle, open } from "node:fs/promises";
import { enter } from "./enter-line.ts";
import { isEnd, type Line } from "./journal-line.ts";
import { Ledger } from "./ledger.ts";

/** Bytes that are read at a time. */
const piece = 1024 * 1024;

/** About the size of a line, in bytes. */
const lineBytes = 100;
/** How many times its necessary length it may have before it is rewritten. */
const worthwhile = 2;

const there = constants.O_RDWR | constants.O_APPEND;

/**
 * A file of a journal that is appended to and read; several processes may have it open at the same
 * time.
 */
export class Journal {
  readonly ledger: Ledger = new Ledger();
  /** Lines that could not be read. */
  unreadable = 0;
  /**
   * It has ended: what was appended last may not count, and the journal continues in another file.
   */
  isOver = false;
  readonly #file: FileHandle;
  #read = 0;
  /** The beginning of a line whose end has not been read. */
  #rest: Buffer = Buffer.alloc(0);

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** @throws what the file system throws: `ENOENT` where there is none and none is to be made */
  static async open(path: string, make: boolean): Promise<Journal> {
    const journal = new Journal(await open(path, make ? there | constants.O_CREAT : there, 0o600));
    try {
      await journal.#catchUp();
    } catch (error) {
      await journal.close();
      throw error;
    }
    return journal;
  }

  /** Whether it has this many bytes, most of them about what is already settled. */
  isLong(bytes: number): boolean {
    return this.#read > bytes && this.#read > worthwhile * lineBytes * this.ledger.size;
  }

  /** Appends lines, syncs them to the disk, and reads everything that was appended until then. */
  async append(lines: readonly Line[]): Promise<void> {
    if (lines.length > 0) {
      const text = lines.map((line) => JSON.stringify(line)).join("\n");
      // Ends the partial line of a process that was killed, so that it does not run into this one.
      await this.#file.appendFile(`\n${text}\n`);
      await this.#file.datasync();
    }
    await this.#catchUp();
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async #catchUp(): Promise<void> {
    const buffer = Buffer.allocUnsafe(piece);
    for (;;) {
      const { bytesRead } = await this.#file.read(buffer, 0, piece, this.#read);
      if (bytesRead === 0) return;
      this.#read += bytesRead;
      this.#enter(Buffer.concat([this.#rest, buffer.subarray(0, bytesRead)]));
    }
  }

  #enter(bytes: Buffer): void {
    const end = bytes.lastIndexOf(0x0a) + 1;
    this.#rest = Buffer.from(bytes.subarray(end));
    for (const text of bytes.toString("utf8", 0, end).split("\n")) {
      this.isOver ||= isEnd(text);
      if (this.isOver) return;
      if (text !== "" && !enter(text, this.ledger)) this.unreadable += 1;
    }
  }
}
