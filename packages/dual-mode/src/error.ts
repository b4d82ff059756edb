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

/** The details of an error besides its code and message. */
export interface ErrorDetails {
  /** What the reader can do about the error: a command, a variable, an option. */
  readonly fix?: string | undefined;
  /** HTTP status of the vendor's answer. */
  readonly status?: number | undefined;
  /** How long the vendor asked the caller to wait before the next request, in ms. */
  readonly retryAfter?: number | undefined;
  /** The vendor's own id of the request, which its support team asks for. */
  readonly requestId?: string | undefined;
  /** How long the credential is not used, in ms, if it is not the time that the code implies. */
  readonly cooldown?: number | undefined;
  /** The credential's limits, which the vendor reported with its refusal. */
  readonly limits?: Limits | undefined;
  /** The answer that did not fit the schema. */
  readonly text?: string | undefined;
  /** Whether the same call may succeed later, if that differs from what the code says. */
  readonly retryable?: boolean | undefined;
  readonly cause?: unknown;
  readonly attempts?: readonly Attempt[] | undefined;
  /** For `ALL_ROUTES_FAILED`: how each route failed. */
  readonly causes?: readonly DualModeError[] | undefined;
}

/**
 * The one error class of this package; `code` says what happened, `attempts` which routes were
 * tried. If only one route was tried, or all failed in the same way, the error is that failure.
 * Otherwise it is `ALL_ROUTES_FAILED`, with the failures in `causes`.
 */
export class DualModeError extends Error {
  readonly code: Code;
  /** Whether the same call, unchanged, may succeed later. */
  readonly retryable: boolean;
  readonly fix: string | undefined;
  readonly status: number | undefined;
  readonly retryAfter: number | undefined;
  readonly requestId: string | undefined;
  readonly cooldown: number | undefined;
  readonly limits: Limits | undefined;
  /**
   * The answer that did not fit the request's schema, without known secrets, up to 64 Ki UTF-16
   * units. JSON and inspection of the error leave it out, because it can be as long as an answer.
   */
  declare readonly text?: string;
  readonly attempts: readonly Attempt[];
  /** How each route failed, if they failed in different ways; otherwise empty. */
  readonly causes: readonly DualModeError[];

  constructor(code: Code, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    const { attempts = [], causes = [] } = details;
    const mayPass = retryableCodes.has(code) || causes.some(({ retryable }) => retryable);
    this.name = "DualModeError";
    this.code = code;
    this.retryable = details.retryable ?? mayPass;
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
