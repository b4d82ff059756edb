/** Thrown by the encoder, which keeps no path: `explain` then looks for the place and the reason. */
export class Uncacheable extends Error {
  /** Where to look would take longer than it is worth: the request as a whole is too large. */
  readonly tooLarge: boolean;

  constructor(tooLarge = false) {
    super();
    this.tooLarge = tooLarge;
  }
}
