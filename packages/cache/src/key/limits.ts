/** The deepest nesting of a request. A cycle, or an attack on the stack, is deeper. */
export const MAX_DEPTH = 200;

/**
 * The largest encoding, in bytes. Small structures that share references can expand without limit.
 */
export const MAX_BYTES: number = 256 * 1024 * 1024;
