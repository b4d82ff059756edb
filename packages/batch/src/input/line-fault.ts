/** A line that cannot be made a request: it fails by itself, and no other with it. */
export class LineFault extends Error {
  override readonly name: string = "LineFault";
  readonly code: "INVALID_LINE" = "INVALID_LINE" as const;
}
