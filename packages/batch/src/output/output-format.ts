import type { Row } from "../contract.ts";
import type { Answer, Place } from "./answer.ts";

/** The format in which answers are written. Each text includes its line end. */
export interface OutputFormat {
  /** The beginning of the file. */
  readonly header: string;
  encode(answer: Answer, row: Row): string;
  /** Copies the answer of another line for an equal one, which has cost nothing. */
  copy(text: string, place: Place, row: Row): string;
}
