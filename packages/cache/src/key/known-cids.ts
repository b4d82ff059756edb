import { cidOfBytes } from "./cid.ts";

/**
 * The shortest request whose CID is remembered, in bytes: below it the digest is faster than a
 * lookup.
 */
const shortest = 4 * 1024;

/** The longest request whose CID is remembered, in bytes. */
const longest = 64 * 1024;

/** The size of one generation of requests, in bytes; two generations are kept. */
const most = 2 * 1024 * 1024;

/**
 * Remembers the CIDs of recent requests, so that a repeated request needs no digest. The bytes
 * themselves are the key, so two requests are never confused.
 */
export class KnownCids {
  #young: Map<string, string> = new Map();
  #old: ReadonlyMap<string, string> = new Map();
  #size = 0;

  /** Like `cidOfBytes`. */
  of(bytes: Buffer): string {
    if (bytes.length < shortest || bytes.length > longest) return cidOfBytes(bytes);
    const text = bytes.toString("latin1");
    const known = this.#young.get(text);
    if (known !== undefined) return known;
    const cid = this.#old.get(text) ?? cidOfBytes(bytes);
    this.#remember(text, cid);
    return cid;
  }

  #remember(text: string, cid: string): void {
    this.#size += text.length;
    if (this.#size > most) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#size = text.length;
    }
    this.#young.set(text, cid);
  }
}
