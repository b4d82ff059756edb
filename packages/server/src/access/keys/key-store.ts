import type { AccessError } from "../access-error.ts";
import type { Availability } from "../availability.ts";

/** What a key may cost in a day or a month of UTC. */
export interface Budget {
  /** US dollars. */
  readonly usd: number;
  readonly per: "day" | "month";
}

/** A key as it is kept; the token itself is nowhere. */
export interface KeyRecord {
  /** Made again with each key: what is counted for it, and its answers, are no later key's. */
  readonly id: string;
  readonly name: string;
  /** What finds the record: made of the name, and part of the token. */
  readonly handle: string;
  /** SHA-256 of the token, in hex. */
  readonly hash: string;
  /** Whose answers it shares; one of its own where none was named. */
  readonly tenant: string;
  /** Patterns of the models that it may ask for; absent where it may ask for all. */
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

/** Told of a record that cannot be read: the message names where it is. */
export type OnDamaged = (error: AccessError) => void;

/**
 * Where keys are kept; each look is a new one, so that a revoked key is refused at once. What is
 * shared by servers may give what it knew last while it is away.
 */
export interface KeyStore {
  /** Whether what is shared answers; absent where nothing is. */
  readonly availability?: Availability;
  /** Gives false, and changes nothing, where the name is taken. */
  add(record: KeyRecord): Promise<boolean>;
  find(handle: string): Promise<KeyRecord | undefined>;
  /**
   * A record that cannot be read is told, and left out; where nobody is to be told, nothing is given.
   *
   * @throws AccessError `DAMAGED`
   */
  list(onDamaged?: OnDamaged): Promise<readonly KeyRecord[]>;
  /** Gives false where there was none. */
  remove(handle: string): Promise<boolean>;
}
