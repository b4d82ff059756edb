/** Something about this machine that a person may want to mend. */
export interface Finding {
  readonly code: string;
  readonly what: string;
  readonly fix: string;
}
