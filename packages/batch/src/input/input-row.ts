import type { Row } from "../contract.ts";
import type { LineFault } from "./line-fault.ts";

/** One line or row of the input. */
export interface InputRow {
  /** From 0 on, empty lines not counted. */
  readonly index: number;
  /** Its line in a file of JSONL; in CSV its row, the first behind the header being 1. */
  readonly line: number;
  /** What it holds, or why that cannot be read. */
  readonly row: Row | LineFault;
}

/** The rows of a file, and the columns where it has some. */
export interface Rows {
  readonly columns: readonly string[];
  readonly rows: AsyncGenerator<InputRow>;
}
