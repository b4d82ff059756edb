/** Why a batch cannot run; nothing that was already written is lost. */
export type BatchCode =
  | "INVALID_OPTION"
  | "INPUT_UNREADABLE"
  | "INPUT_NOT_TEXT"
  | "INVALID_INPUT"
  | "INPUT_CHANGED"
  | "OTHER_INPUT"
  | "OTHER_ACCOUNT"
  | "BATCH_UNKNOWN"
  | "BATCH_UNIDENTIFIED"
  | "OUTPUT_EXISTS"
  | "OUTPUT_CHANGED"
  | "OUTPUT_UNWRITABLE"
  | "JOURNAL_UNREADABLE"
  | "BATCH_RUNNING"
  | "UNBOUNDED_COST";

const brand: unique symbol = Symbol.for("@acc/batch.error@0") as never;

/** Thrown if a batch cannot begin or continue. */
export class BatchError extends Error {
  readonly code: BatchCode;
  /** How to fix it. */
  readonly fix: string;

  constructor(code: BatchCode, message: string, fix: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.name = "BatchError";
    this.code = code;
    this.fix = fix;
    Object.defineProperty(this, brand, { value: true });
  }

  /** Whether an error is a BatchError, from any copy of the package. */
  static is(error: unknown): error is BatchError {
    return error instanceof Error && brand in error;
  }
}

/** Returns the code of a file system error, or else its message. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message;
}
