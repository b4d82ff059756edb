/** Deeper than this no request is; a cycle is, and so is an attack on the stack. */
export const MAX_DEPTH = 200;

/** Encoded bytes. Small structures that repeat one another by reference can expand without end. */
export const MAX_BYTES: number = 256 * 1024 * 1024;
