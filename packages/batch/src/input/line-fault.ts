/** An error of a line that cannot be made a request: only this line fails. */
export class LineFault extends Error {
  override readonly name: string = "LineFault";
  readonly code: "INVALID_LINE" = "INVALID_LINE" as const;
}
