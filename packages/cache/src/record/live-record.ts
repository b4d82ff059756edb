import type { CacheEntry } from "../cache/entry.ts";
import type { StoredRecord } from "../store/store.ts";
import { encodeRecord } from "./encode-record.ts";
import type { Facts } from "./facts.ts";
import type { Measured } from "./measured.ts";

/** Times near this one fit into small integers, which are stored in their object and not outside of it. */
const EPOCH = Date.now();
const LARGEST = 2 ** 31 - 1;

/**
 * A record whose value is available; its bytes are made when a store first asks for them. It is
 * itself what a hit gives the caller: in a large cache each object more is one more wait for memory.
 */
export class LiveRecord implements CacheEntry<unknown>, StoredRecord {
  // What every hit looks at comes first, so that it lies together.
  readonly #lasts: number;
  readonly #elapsed: number | undefined;
  readonly #cost: number | undefined;
  readonly tier: string;
  readonly value: unknown;
  readonly outcome = "hit";
  readonly storedAt: number;
  readonly expiresAt: number;
  readonly metadata: unknown;
  readonly #key: string;
  readonly #size: number;

  constructor(facts: Facts, content: Measured, tier: string) {
    this.#lasts = Math.max(-LARGEST, Math.min(Math.floor(facts.expiresAt - EPOCH), LARGEST));
    this.#elapsed = facts.elapsed;
    this.#cost = facts.cost;
    this.tier = tier;
    this.value = content.value;
    this.storedAt = facts.storedAt;
    this.expiresAt = facts.expiresAt;
    this.metadata = facts.metadata;
    this.#key = facts.key;
    this.#size = content.size;
    Object.freeze(this);
  }

  get key(): string {
    return this.#key;
  }

  get elapsed(): number | undefined {
    return this.#elapsed;
  }

  get cost(): number | undefined {
    return this.#cost;
  }

  /** The bytes of memory that the value is thought to take. */
  get size(): number {
    return this.#size;
  }

  get bytes(): Uint8Array {
    return encodeRecord(this, this.value);
  }

  /** Whether its life is not over at a time. */
  lives(now: number): boolean {
    const at = now - EPOCH;
    return (at > -LARGEST && at < this.#lasts) || now < this.expiresAt;
  }
}
