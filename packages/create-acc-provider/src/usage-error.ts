/** What the caller gave cannot be used; the message says what can. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
