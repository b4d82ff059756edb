/** A frozen value and the bytes of memory that it is thought to take. */
export interface Measured {
  readonly value: unknown;
  readonly size: number;
}

/** A value that JSON cannot give back as it was. Its message says why. */
export class Unstorable extends Error {}
