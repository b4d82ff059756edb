/** Hexadecimal digits of a digest, and its bytes. */
const digits = 12;
const bytes = digits / 2;

/** The lines of a batch: the digests of their requests by index, at ten bytes per line. */
export class BatchLines {
  /** In ascending order. */
  readonly #indexes: Uint32Array;
  readonly #digests: Buffer;

  constructor(lines: readonly (readonly [index: number, digest: string])[]) {
    const sorted = [...lines].sort(([one], [other]) => one - other);
    this.#indexes = Uint32Array.from(sorted, ([index]) => index);
    this.#digests = Buffer.from(sorted.map(([, digest]) => digest).join(""), "hex");
  }

  get size(): number {
    return this.#indexes.length;
  }

  /** Returns the indexes of the lines. */
  keys(): Iterable<number> {
    return this.#indexes.values();
  }

  has(index: number): boolean {
    return this.#placeOf(index) !== undefined;
  }

  digestOf(index: number): string | undefined {
    const place = this.#placeOf(index);
    if (place === undefined) return undefined;
    return this.#digests.toString("hex", place * bytes, (place + 1) * bytes);
  }

  #placeOf(index: number): number | undefined {
    let [from, to] = [0, this.#indexes.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.#indexes[middle] ?? 0) < index) from = middle + 1;
      else to = middle;
    }
    return this.#indexes[from] === index ? from : undefined;
  }
}
