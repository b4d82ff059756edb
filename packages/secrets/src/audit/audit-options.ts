/** What the audit records, and what happens when it cannot be written. */
export interface AuditOptions {
  /**
   * `"required"` refuses to serve if the line cannot be written; `"best-effort"` counts the lost
   * lines.
   * @default "best-effort"
   */
  readonly mode?: "required" | "best-effort";
  /** Also records each read; a `get` then waits for the disk. @default false */
  readonly reads?: boolean;
  /** The actor that the lines name. @default the user's name */
  readonly actor?: string;
}
