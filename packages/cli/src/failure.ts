/** The command cannot be done as it was asked; `wrongUsage` ends it with 2, anything else with 1. */
export class Failure extends Error {
  readonly code: string;
  readonly fix: string;

  constructor(code: string, message: string, fix: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.name = "Failure";
    this.code = code;
    this.fix = fix;
  }
}

/** The command was used wrongly; nothing was done. */
export class UsageError extends Failure {
  constructor(message: string, fix: string, code = "WRONG_USAGE") {
    super(code, message, fix);
    this.name = "UsageError";
  }
}
