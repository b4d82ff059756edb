/** The data about a value, without the value itself. */
export interface Facts {
  /** The namespace, tenant and CID. */
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly storedAt: number;
  /** Milliseconds since the epoch; Infinity for a value that does not expire. */
  readonly expiresAt: number;
  /** The time of the computation, in milliseconds. */
  readonly elapsed: number | undefined;
  /** The cost of the computation, in the caller's currency. */
  readonly cost: number | undefined;
  readonly metadata: unknown;
}
