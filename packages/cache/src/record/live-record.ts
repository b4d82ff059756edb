import type { CacheEntry } from "../cache/entry.ts";
import type { StoredRecord } from "../store/store.ts";
import { encodeRecord } from "./encode-record.ts";
import type { Facts } from "./facts.ts";
import type { Measured } from "./measured.ts";

/** Times relative to this one fit into small integers, which are stored inside their object. */
const EPOCH = Date.now();
const LARGEST = 2 ** 31 - 1;

/**
 * A record whose value is in memory; its bytes are encoded when a store asks for them. The record
 * itself is what a hit returns: in a large cache, each additional object costs another memory
 * access.
 */
export class LiveRecord implements CacheEntry<unknown>, StoredRecord {
  // The fields that every hit reads come first, so that they are next to each other in memory.
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

  /** The estimated size of the value in memory, in bytes. */
  get size(): number {
    return this.#size;
  }

  get bytes(): Uint8Array {
    return encodeRecord(this, this.value);
  }

  /** Returns true if the record has not expired at a time. */
  lives(now: number): boolean {
    const at = now - EPOCH;
    return (at > -LARGEST && at < this.#lasts) || now < this.expiresAt;
  }
}
