/** What may be wrong with keys, and with what is kept of them and their budgets. */
export type AccessErrorCode =
  | "INVALID_OPTION"
  | "KEY_EXISTS"
  | "DAMAGED"
  | "UNSAFE_PERMISSIONS"
  | "UNAVAILABLE";

/** Why keys or budgets could not be read or changed; nothing was. */
export class AccessError extends Error {
  readonly code: AccessErrorCode;

  constructor(code: AccessErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "AccessError";
    this.code = code;
  }
}
