import { createHash } from "node:crypto";
import type { ChatRequest } from "@acc/dual-mode";

/** Numbers of 32 bits that a digest has here: two requests that are not equal share none. */
const words = 4;

/** Which requests are equal to an earlier one. It keeps 40 bytes of each, and nothing of its text. */
export class EqualRequests {
  #slots = 1024;
  #digests = new Uint32Array(this.#slots * words);
  /** The index of the first request with that digest, from 1 on; 0 where the slot is free. */
  #firsts = new Uint32Array(this.#slots);
  #kept = 0;
  readonly #ids = new Map<unknown, number>();
  readonly #all = createHash("sha256");

  /** What all requests are known by, in their order; asked for once, behind the last. */
  get asked(): string {
    return this.#all.digest("hex");
  }

  /** The index of the first request that is equal to this one: its own where there is none. */
  firstOf(request: ChatRequest, index: number): number {
    if (this.#kept * 2 >= this.#slots) this.#grow();
    const digest = this.#digestOf(request);
    const slot = this.#find(digest);
    const first = this.#firsts[slot];
    if (first) return first - 1;
    this.#put(slot, digest, index + 1);
    return index;
  }

  #digestOf({ metadata: _, ...request }: ChatRequest): Uint32Array {
    const text = JSON.stringify(request, (_, value) => this.#ordered(value));
    const bytes = createHash("sha256").update(text).digest();
    this.#all.update(bytes);
    return Uint32Array.from({ length: words }, (_, word) => bytes.readUInt32LE(word * 4));
  }

  /** Members in one order; a schema of a library, and a function, are equal to themselves alone. */
  #ordered(value: unknown): unknown {
    if (typeof value === "function") return { function: this.#idOf(value) };
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
    let slot = (digest[0] ?? 0) % this.#slots;
    while (this.#firsts[slot] && !this.#isAt(slot, digest)) slot = (slot + 1) % this.#slots;
    return slot;
  }

  #isAt(slot: number, digest: Uint32Array): boolean {
    return digest.every((word, at) => this.#digests[slot * words + at] === word);
  }

  #put(slot: number, digest: Uint32Array, first: number): void {
    this.#digests.set(digest, slot * words);
    this.#firsts[slot] = first;
    this.#kept += 1;
  }

  #grow(): void {
    const [digests, firsts] = [this.#digests, this.#firsts];
    this.#slots *= 2;
    this.#digests = new Uint32Array(this.#slots * words);
    this.#firsts = new Uint32Array(this.#slots);
    this.#kept = 0;
    for (const [slot, first] of firsts.entries()) {
      if (first === 0) continue;
      const digest = digests.subarray(slot * words, (slot + 1) * words);
      this.#put(this.#find(digest), digest, first);
    }
  }
}
