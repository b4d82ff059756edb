export const ownerToken: string = "o".repeat(43);

/** Milliseconds of silence behind which a stream is given a sign of life. */
export const keepAlive = 2_000;
