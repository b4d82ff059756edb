export const DEFAULT_DISK_BYTES: number = 512 * 1024 * 1024;

/** What is left after an eviction, so that the next one is not due at once. */
export const KEPT_SHARE = 0.9;
