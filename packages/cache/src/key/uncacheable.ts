/** Thrown by the encoder, which keeps no path: `explain` then looks for the place and the reason. */
export class Uncacheable extends Error {}
