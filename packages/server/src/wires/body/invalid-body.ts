/** A body that a wire cannot read; the message names the member and says what it should be. */
export class InvalidBody extends Error {
  readonly param: string | undefined;

  constructor(message: string, param?: string) {
    super(message);
    this.name = "InvalidBody";
    this.param = param;
  }
}
