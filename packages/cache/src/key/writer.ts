import { MAX_BYTES } from "./limits.ts";
import { Uncacheable } from "./uncacheable.ts";
import { isWellFormed } from "./well-formed.ts";
import { isWide, wideToUtf8 } from "./wide.ts";

const FIRST_SIZE = 64 * 1024;
const LARGEST_KEPT = 1024 * 1024;
const LONGEST_LOOP = 32;

let spare: Buffer | undefined;

/**
 * A growing buffer of CBOR. One buffer is kept between calls, because allocating a new one costs
 * more than the encoding.
 */
export class Writer {
  #buffer: Buffer;
  #length = 0;

  constructor() {
    this.#buffer = spare ?? Buffer.allocUnsafeSlow(FIRST_SIZE);
    // A getter in the request may encode another request while this one is in progress.
    spare = undefined;
  }

  /** Returns the bytes written so far, which are valid until `release`. */
  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  release(): void {
    if (this.#buffer.length <= LARGEST_KEPT) spare = this.#buffer;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#buffer[this.#length++] = value;
  }

  /**
   * Writes a CBOR head: the major type (already shifted left by 5) and its argument in the shortest
   * form.
   */
  head(major: number, argument: number): void {
    this.#reserve(9);
    this.#length = putHead(this.#buffer, this.#length, major, argument);
  }

  float(value: number): void {
    this.#reserve(9);
    this.#buffer[this.#length] = 0xfb;
    this.#buffer.writeDoubleBE(value, this.#length + 1);
    this.#length += 9;
  }

  raw(bytes: Uint8Array): void {
    this.head(0x40, bytes.byteLength);
    this.#reserve(bytes.byteLength);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.byteLength;
  }

  text(value: string): void {
    const units = value.length;
    this.#reserve(units * 3 + 9);
    if (units <= LONGEST_LOOP && this.#shortAscii(value)) return;
    if (isWide(value)) {
      this.#wide(value);
      return;
    }
    const guess = headLength(units);
    const start = this.#length;
    const written = this.#buffer.write(value, start + guess, "utf8");
    // If there are as many bytes as units, the text is ASCII; any other text may contain a lone
    // surrogate.
    if (written !== units && !isWellFormed(value)) throw new Uncacheable();
    const actual = headLength(written);
    if (actual !== guess) {
      this.#buffer.copyWithin(start + actual, start + guess, start + guess + written);
    }
    this.#length = putHead(this.#buffer, start, 0x60, written) + written;
  }

  #wide(value: string): void {
    if (!isWellFormed(value)) throw new Uncacheable();
    const bytes = wideToUtf8(value, this.#buffer.subarray(this.#length));
    this.head(0x60, bytes.byteLength);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.byteLength;
  }

  #shortAscii(value: string): boolean {
    const buffer = this.#buffer;
    const start = putHead(buffer, this.#length, 0x60, value.length);
    for (let index = 0; index < value.length; index++) {
      const unit = value.charCodeAt(index);
      if (unit > 0x7f) return false;
      buffer[start + index] = unit;
    }
    this.#length = start + value.length;
    return true;
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#buffer.length) return;
    if (this.#length > MAX_BYTES) throw new Uncacheable(true);
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#buffer.length * 2));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}

function headLength(argument: number): number {
  if (argument < 24) return 1;
  if (argument < 0x100) return 2;
  if (argument < 0x10000) return 3;
  return argument < 0x100000000 ? 5 : 9;
}

function putHead(buffer: Buffer, at: number, major: number, argument: number): number {
  if (argument < 24) {
    buffer[at] = major | argument;
    return at + 1;
  }
  if (argument < 0x100) {
    buffer[at] = major | 24;
    buffer[at + 1] = argument;
    return at + 2;
  }
  if (argument < 0x10000) {
    buffer[at] = major | 25;
    return buffer.writeUInt16BE(argument, at + 1);
  }
  if (argument < 0x100000000) {
    buffer[at] = major | 26;
    return buffer.writeUInt32BE(argument, at + 1);
  }
  buffer[at] = major | 27;
  buffer.writeUInt32BE(Math.floor(argument / 0x100000000), at + 1);
  return buffer.writeUInt32BE(argument % 0x100000000, at + 5);
}
