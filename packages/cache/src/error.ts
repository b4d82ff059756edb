const BRAND = Symbol.for("@acc/cache.error@0");

/** What can go wrong in a way that the caller must know of. Store faults are not among them. */
export type CacheErrorCode =
  | "NOT_CACHEABLE"
  | "INVALID_KEY"
  | "INVALID_OPTION"
  | "NOT_A_STREAM"
  | "DAMAGED"
  | "WRONG_KEY"
  | "TOO_LARGE"
  | "NEWER_FORMAT"
  | "STORE_TIMEOUT";

/** What an error of the cache knows besides its code and message. */
export interface CacheErrorDetails {
  /** The error that led to this one. */
  readonly cause?: unknown;
  /** Whether the same call may succeed later, unchanged. */
  readonly retryable?: boolean;
  /** Where in the request the fault lies, such as `messages[0].at`. */
  readonly path?: string;
  /** What is wrong there, such as `is a Date`. */
  readonly reason?: string;
}

/** The one error class of this package. `CacheError.is` also knows the errors of another copy of it. */
export class CacheError extends Error {
  override readonly name = "CacheError";
  readonly code: CacheErrorCode;
  readonly retryable: boolean;
  readonly path: string | undefined;
  readonly reason: string | undefined;

  constructor(code: CacheErrorCode, message: string, details: CacheErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.retryable = details.retryable ?? false;
    this.path = details.path;
    this.reason = details.reason;
    Object.defineProperty(this, BRAND, { value: true });
  }

  static is(value: unknown): value is CacheError {
    return typeof value === "object" && value !== null && BRAND in value;
  }
}
