import { closeSync, openSync, readSync, writeSync } from "node:fs";

/** Of each key, when its last invalidation began and when it was done, in ms since the epoch. */
export class Truth {
  readonly #file: number;
  readonly #row: Buffer = Buffer.alloc(16);

  constructor(path: string) {
    this.#file = openSync(path, "a+");
    closeSync(this.#file);
    this.#file = openSync(path, "r+");
  }

  invalidated(index: number, began: number, done: number): void {
    this.#row.writeDoubleLE(began, 0);
    this.#row.writeDoubleLE(done, 8);
    writeSync(this.#file, this.#row, 0, 16, index * 16);
  }

  of(index: number): { readonly began: number; readonly done: number } {
    this.#row.fill(0);
    readSync(this.#file, this.#row, 0, 16, index * 16);
    return { began: this.#row.readDoubleLE(0), done: this.#row.readDoubleLE(8) };
  }

  close(): void {
    closeSync(this.#file);
  }
}
