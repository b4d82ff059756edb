/** A value as a store gives it. The same object may be given again while nothing changed. */
export interface StoredValue {
  readonly value: string;
  /** Where the store counts versions. */
  readonly version?: number;
  /** True for one from memory, of a store that cannot be asked now. */
  readonly stale?: true;
}
