/** One problem of an audit log. */
export interface AuditProblem {
  readonly kind: "edited" | "removed" | "reordered" | "cut";
  /** The file, if it is one that was set aside. */
  readonly file?: string;
  /** The line in the file, from 1; absent for a missing line. */
  readonly line?: number;
  /** The number of the line in the chain, if it is known; of several lines, the first. */
  readonly seq?: number;
  readonly message: string;
}
