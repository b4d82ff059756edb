/** What is written down, and what happens when it cannot be. */
export interface AuditOptions {
  /**
   * `"required"` refuses to serve when the line cannot be written; `"best-effort"` counts what was
   * lost. @default "best-effort"
   */
  readonly mode?: "required" | "best-effort";
  /** Also writes down each read; a `get` then waits for the disk. @default false */
  readonly reads?: boolean;
  /** Who acts, in the lines. @default the user's name */
  readonly actor?: string;
}
