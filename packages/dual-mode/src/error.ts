import type { Attempt } from "./contract/attempt.ts";
import type { Code } from "./contract/code.ts";
import type { Limits } from "./contract/part.ts";

const brand: unique symbol = Symbol.for("@acc/dual-mode.error@0") as never;

const retryableCodes: ReadonlySet<Code> = new Set([
  "RATE_LIMITED",
  "OVERLOADED",
  "SERVER_ERROR",
  "NETWORK",
  "CLI_CRASHED",
  "INVALID_OUTPUT",
  "TIMEOUT",
  "DEADLINE_EXCEEDED",
]);

/** What an error knows besides its code and message. */
export interface ErrorDetails {
  /** What the reader can do about it: a command, a variable, an option. */
  readonly fix?: string | undefined;
  /** HTTP status of the vendor's answer. */
  readonly status?: number | undefined;
  /** Milliseconds after which to ask again, as the vendor said. */
  readonly retryAfter?: number | undefined;
  /** The vendor's own id of the request, which its support asks for. */
  readonly requestId?: string | undefined;
  /** Milliseconds for which the credential is left alone, where it is not the code's own time. */
  readonly cooldown?: number | undefined;
  /** What the vendor said of the credential's limits as it refused. */
  readonly limits?: Limits | undefined;
  /** The answer that did not fit the schema. */
  readonly text?: string | undefined;
  readonly cause?: unknown;
  readonly attempts?: readonly Attempt[] | undefined;
  /** Of `ALL_ROUTES_FAILED`: how each route failed. */
  readonly causes?: readonly DualModeError[] | undefined;
}

/**
 * The one error class of this package; `code` says what happened, `attempts` which routes were tried.
 * Where one route was tried, or all failed alike, it is that failure; `ALL_ROUTES_FAILED` has `causes`.
 */
export class DualModeError extends Error {
  readonly code: Code;
  /** Whether the same call may well succeed later, unchanged. */
  readonly retryable: boolean;
  readonly fix: string | undefined;
  readonly status: number | undefined;
  readonly retryAfter: number | undefined;
  readonly requestId: string | undefined;
  readonly cooldown: number | undefined;
  readonly limits: Limits | undefined;
  /**
   * The answer that did not fit the request's schema, without known secrets, up to 64 Ki UTF-16 units.
   * Neither JSON nor an inspection of the error shows it: it is of the length of an answer.
   */
  declare readonly text?: string;
  readonly attempts: readonly Attempt[];
  /** How each route failed, where they failed in different ways; else empty. */
  readonly causes: readonly DualModeError[];

  constructor(code: Code, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    const { attempts = [], causes = [] } = details;
    this.name = "DualModeError";
    this.code = code;
    this.retryable = retryableCodes.has(code) || causes.some(({ retryable }) => retryable);
    this.fix = details.fix;
    this.status = details.status;
    this.retryAfter = details.retryAfter;
    this.requestId = details.requestId;
    this.cooldown = details.cooldown;
    this.limits = details.limits;
    this.attempts = attempts;
    this.causes = causes;
    if (details.text !== undefined) Object.defineProperty(this, "text", { value: details.text });
    Object.defineProperty(this, brand, { value: true });
  }

  /** True for an error of this package, also of another copy of it. */
  static is(error: unknown): error is DualModeError {
    return typeof error === "object" && error !== null && brand in error;
  }

  toJSON(): Record<string, unknown> {
    const { code, message, retryable, fix, status, retryAfter, requestId, attempts } = this;
    const causes = this.causes.length > 0 ? { causes: this.causes } : {};
    return { code, message, retryable, fix, status, retryAfter, requestId, attempts, ...causes };
  }
}
