import type { Code } from "./contract/code.ts";
import type { Attempt } from "./contract/reply.ts";

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

function mayPass(code: Code, attempts: readonly Attempt[]): boolean {
  if (code !== "ALL_ROUTES_FAILED") return retryableCodes.has(code);
  return attempts.some((attempt) => attempt.code !== undefined && retryableCodes.has(attempt.code));
}

/** What an error knows besides its code and message. */
export interface ErrorDetails {
  /** What the reader can do about it: a command, a variable, an option. */
  readonly fix?: string;
  /** HTTP status of the vendor's answer. */
  readonly status?: number;
  /** Milliseconds after which the vendor said to ask again. */
  readonly retryAfter?: number;
  /** Milliseconds for which the credential is left alone, where it is not the code's own time. */
  readonly cooldown?: number;
  readonly cause?: unknown;
  readonly attempts?: readonly Attempt[];
}

/** The one error class of this package; `code` says what happened, `attempts` which routes were tried. */
export class DualModeError extends Error {
  readonly code: Code;
  /** Whether the same call may well succeed later, unchanged. */
  readonly retryable: boolean;
  readonly fix: string | undefined;
  readonly status: number | undefined;
  readonly retryAfter: number | undefined;
  readonly cooldown: number | undefined;
  readonly attempts: readonly Attempt[];

  constructor(code: Code, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    this.name = "DualModeError";
    this.code = code;
    this.retryable = mayPass(code, details.attempts ?? []);
    this.fix = details.fix;
    this.status = details.status;
    this.retryAfter = details.retryAfter;
    this.cooldown = details.cooldown;
    this.attempts = details.attempts ?? [];
    Object.defineProperty(this, brand, { value: true });
  }

  /** True for an error of this package, also of another copy of it. */
  static is(error: unknown): error is DualModeError {
    return typeof error === "object" && error !== null && brand in error;
  }

  toJSON(): Record<string, unknown> {
    const { code, message, retryable, fix, status, retryAfter, attempts } = this;
    return { code, message, retryable, fix, status, retryAfter, attempts };
  }
}
