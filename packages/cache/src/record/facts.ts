/** What is known about a value, without the value itself. */
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
