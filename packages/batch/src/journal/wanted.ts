import type { JournalHead } from "./entry.ts";

export interface BatchPaths {
  readonly input: string;
  readonly output: string;
  readonly failures: string;
  readonly journal: string;
}

/** What is to be written now. */
export interface Wanted {
  readonly head: JournalHead;
  /** What the output begins with. */
  readonly header: string;
  /** The same lines may be asked otherwise than before. */
  readonly mayDiffer: boolean;
}
