/** The time and cost of a computation, which each later hit saves. */
export interface Spent {
  /** Milliseconds. */
  readonly elapsed: number | undefined;
  /** In the caller's currency. */
  readonly cost: number | undefined;
}
