import { createHash } from "node:crypto";
import type { ChatRequest } from "@acc/dual-mode";
import { isOfJson } from "./line-schema.ts";

/** 32-bit words of a digest that are kept; enough that unequal requests do not collide. */
const words = 4;

/** A request's entry: its digest, and then its index. */
const entryWords = words + 1;
/** Entries per page of memory: growing adds a page, and copies nothing. */
const ofPage = 4096;

/**
 * Finds requests that are equal to an earlier one. It keeps some 30 bytes of each, and none of its
 * text.
 */
export class EqualRequests {
  readonly #pages: Uint32Array[] = [];
  #kept = 0;
  /** Maps digests to entries, which count from 1; 0 is a free slot. */
  #slots = new Uint32Array(1024);
  readonly #ids = new Map<unknown, number>();
  readonly #all = createHash("sha256");

  /** The digest of all requests in their order. Read it once, after the last request. */
  get asked(): string {
    return this.#all.digest("hex");
  }

  /**
   * Returns the index of the first request that is equal to this one, or the given index if there
   * is none.
   */
  firstOf(request: ChatRequest, index: number): number {
    const digest = this.#digestOf(request);
    const slot = this.#find(digest);
    const entry = this.#slots[slot];
    if (entry) return this.#entry(entry - 1)[words] ?? index;
    this.#keep(digest, index, slot);
    return index;
  }

  #digestOf({ metadata: _, ...request }: ChatRequest): Uint32Array {
    const text = JSON.stringify(request, (_, value) => this.#ordered(value));
    const bytes = createHash("sha256").update(text).digest();
    this.#all.update(bytes);
    return Uint32Array.from({ length: words }, (_, word) => bytes.readUInt32LE(word * 4));
  }

  /** Sorts members. A schema of a library, and a function, are equal only to themselves. */
  #ordered(value: unknown): unknown {
    if (typeof value === "function") {
      return isOfJson(value) ? undefined : { function: this.#idOf(value) };
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    if ("~standard" in value) return { schema: this.#idOf(value) };
    return Object.fromEntries(
      Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)),
    );
  }

  #idOf(value: unknown): number {
    const known = this.#ids.get(value) ?? this.#ids.size;
    this.#ids.set(value, known);
    return known;
  }

  #find(digest: Uint32Array): number {
    const count = this.#slots.length;
    let slot = (digest[0] ?? 0) % count;
    for (let entry = this.#slots[slot]; entry; entry = this.#slots[slot]) {
      const kept = this.#entry(entry - 1);
      if (digest.every((word, at) => kept[at] === word)) break;
      slot = (slot + 1) % count;
    }
    return slot;
  }

  #entry(entry: number): Uint32Array {
    const start = (entry % ofPage) * entryWords;
    const page = this.#pages[Math.floor(entry / ofPage)] ?? new Uint32Array();
    return page.subarray(start, start + entryWords);
  }

  #keep(digest: Uint32Array, index: number, slot: number): void {
    if (this.#kept % ofPage === 0) this.#pages.push(new Uint32Array(ofPage * entryWords));
    const entry = this.#entry(this.#kept);
    entry.set(digest);
    entry[words] = index;
    this.#kept += 1;
    this.#slots[slot] = this.#kept;
    if (this.#kept * 4 > this.#slots.length * 3) this.#grow();
  }

  #grow(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2);
    for (let entry = 0; entry < this.#kept; entry += 1) {
      const slot = this.#find(this.#entry(entry).subarray(0, words));
      this.#slots[slot] = entry + 1;
    }
  }
}
