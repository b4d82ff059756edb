/** What a computation took: what each further answer saves. */
export interface Spent {
  /** Milliseconds. */
  readonly elapsed: number | undefined;
  /** In the caller's currency. */
  readonly cost: number | undefined;
}
