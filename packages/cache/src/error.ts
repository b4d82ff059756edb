const BRAND = Symbol.for("@acc/cache.error@0");

/**
 * The codes of this package's errors. A failure of a store reaches the caller only if an entry that
 * should be removed was not.
 */
export type CacheErrorCode =
  | "NOT_CACHEABLE"
  | "INVALID_KEY"
  | "INVALID_OPTION"
  | "NOT_A_STREAM"
  | "NOT_RECORDED"
  | "DAMAGED"
  | "WRONG_KEY"
  | "TOO_LARGE"
  | "NEWER_FORMAT"
  | "NOT_REMOVED"
  | "RECURSIVE"
  | "STORE_BUSY"
  | "STORE_TIMEOUT"
  | "UNSAFE_PERMISSIONS"
  | "WRONG_OWNER";

/** The details of a `CacheError` besides its code and message. */
export interface CacheErrorDetails {
  /** The error that led to this one. */
  readonly cause?: unknown;
  /** True if the same call may succeed later without a change. */
  readonly retryable?: boolean;
  /** The place of the fault in the request, such as `messages[0].at`. */
  readonly path?: string;
  /** The fault at that place, such as `is a Date`. */
  readonly reason?: string;
  /** The names of the stores that failed. */
  readonly failed?: readonly string[];
}

/**
 * The only error class of this package. `CacheError.is` also recognizes errors of another copy of
 * it.
 */
export class CacheError extends Error {
  override readonly name = "CacheError";
  readonly code: CacheErrorCode;
  readonly retryable: boolean;
  readonly path: string | undefined;
  readonly reason: string | undefined;
  readonly failed: readonly string[] | undefined;

  constructor(code: CacheErrorCode, message: string, details: CacheErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.retryable = details.retryable ?? false;
    this.path = details.path;
    this.reason = details.reason;
    this.failed = details.failed;
    Object.defineProperty(this, BRAND, { value: true });
  }

  static is(value: unknown): value is CacheError {
    return typeof value === "object" && value !== null && BRAND in value;
  }
}
