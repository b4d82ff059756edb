import type { Row } from "../contract.ts";
import type { LineFault } from "./line-fault.ts";

/** One line or row of the input. */
export interface InputRow {
  /** Counts from 0, without empty lines. */
  readonly index: number;
  /**
   * The line number in a JSONL file, or the row number in a CSV file, where the first row after the
   * header is 1.
   */
  readonly line: number;
  /** The content, or why it cannot be read. */
  readonly row: Row | LineFault;
}

/** The rows of a file, and its columns if it has any. */
export interface Rows {
  readonly columns: readonly string[];
  readonly rows: AsyncGenerator<InputRow>;
}
