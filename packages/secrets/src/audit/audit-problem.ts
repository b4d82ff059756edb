/** One thing that is wrong with an audit log. */
export interface AuditProblem {
  readonly kind: "edited" | "removed" | "reordered" | "cut";
  /** The file, where it is one that was put aside. */
  readonly file?: string;
  /** The line in the file, from 1; absent for one that is not there. */
  readonly line?: number;
  /** The number that the line has in the chain, where it can be told; of several, the first. */
  readonly seq?: number;
  readonly message: string;
}
