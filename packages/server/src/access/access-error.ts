/** Codes of errors with keys, and with the storage of keys and budgets. */
export type AccessErrorCode =
  | "INVALID_OPTION"
  | "KEY_EXISTS"
  | "DAMAGED"
  | "UNSAFE_PERMISSIONS"
  | "UNAVAILABLE";

/** Keys or budgets could not be read or changed; nothing was changed. */
export class AccessError extends Error {
  readonly code: AccessErrorCode;

  constructor(code: AccessErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "AccessError";
    this.code = code;
  }
}
