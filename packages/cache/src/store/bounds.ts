export const DEFAULT_DISK_BYTES: number = 512 * 1024 * 1024;

/**
 * The share of the limit that is left after an eviction, so that the next one is not due
 * immediately.
 */
export const KEPT_SHARE = 0.9;
