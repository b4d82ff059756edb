/**
 * The error of a command that cannot do what it was asked: `acc` exits with 1, or with `exitCode`.
 */
export class Failure extends Error {
  readonly code: string;
  readonly fix: string;
  readonly exitCode: number = 1;

  constructor(code: string, message: string, fix: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.name = "Failure";
    this.code = code;
    this.fix = fix;
  }
}

/** The error of a command that was used wrongly; nothing was done. */
export class UsageError extends Failure {
  override readonly exitCode: number = 2;

  constructor(message: string, fix: string, code = "WRONG_USAGE") {
    super(code, message, fix);
    this.name = "UsageError";
  }
}
