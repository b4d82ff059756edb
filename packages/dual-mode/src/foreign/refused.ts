/**
 * Thrown by a reader at an event that reports an error; `readAnswer` throws the error with which
 * `error` resolves.
 */
export class Refused extends Error {
  readonly error: Promise<Error>;

  constructor(error: Promise<Error>) {
    super("The answer tells an error.");
    this.error = error;
  }
}
