/** The command was used wrongly; nothing was done. */
export class UsageError extends Error {
  readonly code = "WRONG_USAGE";
  readonly fix: string;

  constructor(message: string, fix: string) {
    super(message);
    this.name = "UsageError";
    this.fix = fix;
  }
}
