import type { AccessError } from "../access-error.ts";
import type { Availability } from "../availability.ts";

/** What a key may cost in a day or a month of UTC. */
export interface Budget {
  /** US dollars. */
  readonly usd: number;
  readonly per: "day" | "month";
}

/** A stored key; the token itself is not stored. */
export interface KeyRecord {
  /** New for each key: a later key of the same name gets neither its counts nor its answers. */
  readonly id: string;
  readonly name: string;
  /** Finds the record: derived from the name, and part of the token. */
  readonly handle: string;
  /** SHA-256 of the token, in hex. */
  readonly hash: string;
  /** The tenant whose answers it shares; its own if none was named. */
  readonly tenant: string;
  /** Patterns of the models that it may use; absent if it may use all. */
  readonly models?: readonly string[];
  /** Requests a minute. */
  readonly rpm?: number;
  /** Tokens a minute. */
  readonly tpm?: number;
  readonly budget?: Budget;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Milliseconds since the epoch. */
  readonly expiresAt?: number;
}

/** Called for a record that cannot be read; the error's message says where it is. */
export type OnDamaged = (error: AccessError) => void;

/**
 * Stores keys. Each lookup reads them again, so a revoked key is refused at once. A store that
 * servers share may return what it read last while it is unavailable.
 */
export interface KeyStore {
  /** Whether the shared storage answers; absent if nothing is shared. */
  readonly availability?: Availability;
  /** Returns false, and changes nothing, if the name is taken. */
  add(record: KeyRecord): Promise<boolean>;
  find(handle: string): Promise<KeyRecord | undefined>;
  /**
   * Returns all records. A record that cannot be read is passed to `onDamaged` and left out;
   * without `onDamaged` the call fails.
   *
   * @throws AccessError `DAMAGED`
   */
  list(onDamaged?: OnDamaged): Promise<readonly KeyRecord[]>;
  /** Returns false if there was none. */
  remove(handle: string): Promise<boolean>;
}
