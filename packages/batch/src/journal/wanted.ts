import type { JournalHead } from "./entry.ts";

export interface BatchPaths {
  readonly input: string;
  readonly output: string;
  readonly failures: string;
  readonly journal: string;
}

/** What this run is to write. */
export interface Wanted {
  readonly head: JournalHead;
  /** The beginning of the output file. */
  readonly header: string;
  /** Whether the lines may be sent with other options than before. */
  readonly mayDiffer: boolean;
}
