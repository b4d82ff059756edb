/** A frozen value and its estimated size in memory, in bytes. */
export interface Measured {
  readonly value: unknown;
  readonly size: number;
}

/**
 * Thrown for a value that would not survive a round trip through JSON. The message has the reason.
 */
export class Unstorable extends Error {}
