import type { CacheEntry } from "../cache/entry.ts";
import type { StoredRecord } from "../store/store.ts";
import { encodeRecord } from "./encode-record.ts";
import type { Measured } from "./measured.ts";

/** What is known of a value beside the value itself. */
export interface Facts {
  /** Namespace, tenant and CID. */
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly storedAt: number;
  /** Milliseconds since the epoch; Infinity for a value that stays. */
  readonly expiresAt: number;
  /** Milliseconds that the computation took. */
  readonly elapsed: number | undefined;
  /** What the computation cost, in the caller's currency. */
  readonly cost: number | undefined;
  readonly metadata: unknown;
}

/** A record whose value is at hand; its bytes are made when a store first asks for them. */
export class LiveRecord implements StoredRecord {
  readonly facts: Facts;
  readonly entry: CacheEntry<unknown>;
  readonly size: number;
  // What every hit looks at stands here, and not one object further away.
  readonly expiresAt: number;
  readonly tier: string;
  readonly elapsed: number | undefined;
  readonly cost: number | undefined;

  constructor(facts: Facts, content: Measured, tier: string) {
    this.facts = facts;
    this.expiresAt = facts.expiresAt;
    this.tier = tier;
    this.elapsed = facts.elapsed;
    this.cost = facts.cost;
    this.size = content.size;
    this.entry = Object.freeze({
      outcome: "hit",
      value: content.value,
      tier,
      storedAt: facts.storedAt,
      expiresAt: facts.expiresAt,
      metadata: facts.metadata,
    });
  }

  get bytes(): Uint8Array {
    return encodeRecord(this.facts, this.entry.value);
  }
}
