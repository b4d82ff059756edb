/**
 * Follows JSON text that arrives in pieces, and tells in linear time whether its object or list has
 * closed.
 */
export class JsonExtent {
  #depth = 0;
  #text = false;
  #escaped = false;
  #closed = false;

  /** Whether the object or list is complete. */
  get closed(): boolean {
    return this.#closed;
  }

  add(piece: string): void {
    for (let position = 0; position < piece.length; position += 1) {
      const unit = piece.charCodeAt(position);
      if (this.#escaped) this.#escaped = false;
      else if (this.#text) this.#inText(unit);
      else this.#outside(unit);
    }
  }

  #inText(unit: number): void {
    if (unit === backslash) this.#escaped = true;
    else if (unit === quote) this.#text = false;
  }

  #outside(unit: number): void {
    if (unit === quote) this.#text = true;
    else if (unit === openBrace || unit === openBracket) this.#depth += 1;
    else if (unit === closeBrace || unit === closeBracket) {
      this.#depth -= 1;
      this.#closed = this.#depth === 0;
    }
  }
}

const quote = 0x22;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
