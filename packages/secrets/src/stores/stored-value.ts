/**
 * A value as a store returns it. The same object may be returned again while nothing has changed.
 */
export interface StoredValue {
  readonly value: string;
  /** The version, if the store counts versions. */
  readonly version?: number;
  /** True for a value from memory, while the store cannot be reached. */
  readonly stale?: true;
}
