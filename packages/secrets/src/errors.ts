import { redact } from "./redact.ts";

/** The codes of all errors of this package. */
export type SecretsErrorCode =
  | "INVALID_OPTION"
  | "NO_HOME"
  | "NAME_NOT_STRING"
  | "NAME_EMPTY"
  | "NAME_TOO_LONG"
  | "NAME_INVALID"
  | "NAME_CONFLICT"
  | "VALUE_NOT_STRING"
  | "VALUE_EMPTY"
  | "VALUE_TOO_LONG"
  | "VALUE_NUL"
  | "VALUE_NEWLINE"
  | "VALUE_NOT_TEXT"
  | "INVALID_KEY"
  | "INVALID_TOKEN"
  | "TOKEN_EXPIRED"
  | "MISSING_KEY"
  | "WRONG_KEY"
  | "WRONG_PASSPHRASE"
  | "INVALID_PASSPHRASE"
  | "UNSAFE_KDF_PARAMETERS"
  | "KEYCHAIN_UNAVAILABLE"
  | "KEY_NOT_FOUND"
  | "KEY_EXISTS"
  | "KEY_NOT_LOADED"
  | "KEY_NOT_ROTATED"
  | "LAST_KEY"
  | "TOO_MANY_KEYS"
  | "STORE_EMPTY"
  | "STORE_DAMAGED"
  | "STORE_MISSING"
  | "STORE_REPLACED"
  | "STORE_TOO_LARGE"
  | "HEADER_EDITED"
  | "NEWER_VERSION"
  | "WRONG_FORMAT"
  | "ROLLED_BACK"
  | "PLAINTEXT_REFUSED"
  | "ENCRYPTED_STORE"
  | "UNSAFE_PERMISSIONS"
  | "WRONG_OWNER"
  | "SYMLINK_REFUSED"
  | "NOT_A_FILE"
  | "FOLDER_NOT_WRITABLE"
  | "DISK_FULL"
  | "READ_FAILED"
  | "WRITE_FAILED"
  | "LOCK_TIMEOUT"
  | "NOTHING_TO_RECOVER"
  | "UNSUPPORTED_BY_FORMAT"
  | "NOT_FOUND"
  | "ROTATION_IN_PROGRESS"
  | "ROTATION_CREATE_FAILED"
  | "ROTATION_TEST_FAILED"
  | "ROTATION_REVOKE_FAILED"
  | "FORBIDDEN"
  | "SELF_GRANT"
  | "INVALID_POLICY"
  | "AUDIT_UNAVAILABLE"
  | "STORE_UNAVAILABLE"
  | "STORE_REFUSED"
  | "STORE_ANSWER_INVALID"
  | "PROGRAM_NOT_FOUND"
  | "CLOSED";

const brand: symbol = Symbol.for("@acc/secrets.error@0");

/** The only error class of this package. Its message says what to do and contains no secret. */
export class SecretsError extends Error {
  override readonly name = "SecretsError";
  readonly code: SecretsErrorCode;
  /** True if the same call may succeed later without any change by the caller. */
  readonly retryable: boolean;
  /**
   * With `MISSING_KEY` and `WRONG_KEY`: the kinds of keys that open the store, such as
   * "passphrase".
   */
  readonly opensWith?: readonly string[];

  static {
    Object.defineProperty(SecretsError.prototype, brand, { value: true });
  }

  constructor(
    code: SecretsErrorCode,
    message: string,
    options: { cause?: unknown; retryable?: boolean; opensWith?: readonly string[] } = {},
  ) {
    super(redact(message), options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
    if (options.opensWith !== undefined) this.opensWith = options.opensWith;
  }

  /** Returns true for an error of this package, including one thrown by another copy of it. */
  static is(error: unknown): error is SecretsError {
    return typeof error === "object" && error !== null && brand in error;
  }
}
