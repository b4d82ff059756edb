import type { BatchAccount } from "@acc/dual-mode";
import { BatchLines } from "./batch-lines.ts";

/** What is recorded before a batch is submitted. */
export interface Intent {
  readonly mark: string;
  readonly at: number;
  readonly most: number;
  readonly account: BatchAccount;
  /** Index and digest of each line. */
  readonly lines: readonly (readonly [index: number, digest: string])[];
}

/** A batch that was, or may have been, submitted, and whose results are not all on the disk. */
export class OpenBatch {
  /** The prefix of its lines' ids. */
  readonly mark: string;
  /** When its intent was written, in milliseconds since the epoch. */
  readonly at: number;
  /** US dollars that it may cost. */
  readonly most: number;
  /** The account that it was submitted to. */
  readonly account: BatchAccount;
  readonly lines: BatchLines;
  /** The vendor's id; undefined while it is unknown whether the vendor has the batch. */
  id: string | undefined;

  constructor({ mark, at, most, account, lines }: Intent) {
    this.mark = mark;
    this.at = at;
    this.most = most;
    this.account = account;
    this.lines = new BatchLines(lines);
  }

  idOf(index: number): string {
    return `${this.mark}-${index}`;
  }

  /** Returns the index of a line; undefined if none of the lines has the id. */
  indexOf(id: string): number | undefined {
    const index = Number(id.slice(this.mark.length + 1));
    return id === this.idOf(index) && this.lines.has(index) ? index : undefined;
  }
}

/** Open batches by their marks. */
export type OpenBatches = Map<string, OpenBatch>;
