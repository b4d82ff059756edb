import { cidOfBytes } from "./cid.ts";

/** Bytes from which the digest takes longer than a look. */
const shortest = 4 * 1024;

/** Bytes of the longest request whose CID is remembered. */
const longest = 64 * 1024;

/** Bytes of the requests of one generation; two are kept. */
const most = 2 * 1024 * 1024;

/**
 * The CIDs of what was asked for lately: who asks again is spared the digest. The bytes themselves
 * are looked up, so that no two requests can be taken for one another.
 */
export class KnownCids {
  #young: Map<string, string> = new Map();
  #old: ReadonlyMap<string, string> = new Map();
  #size = 0;

  /** The same as `cidOfBytes`. */
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
