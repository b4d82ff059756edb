/**
 * Thrown by the encoder, which does not track the path: `explain` then finds the place and the
 * reason.
 */
export class Uncacheable extends Error {
  /**
   * True if the request as a whole is too large, so that a search for the place is not worth its
   * time.
   */
  readonly tooLarge: boolean;

  constructor(tooLarge = false) {
    super();
    this.tooLarge = tooLarge;
  }
}
