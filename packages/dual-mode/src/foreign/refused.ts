/** Thrown by a reader at an event that tells an error; `readAnswer` throws what that turns out to be. */
export class Refused extends Error {
  readonly error: Promise<Error>;

  constructor(error: Promise<Error>) {
    super("The answer tells an error.");
    this.error = error;
  }
}
