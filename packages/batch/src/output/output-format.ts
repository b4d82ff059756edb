import type { Row } from "../contract.ts";
import type { Answer, Place } from "./answer.ts";

/** How answers are written. Each text ends with its line's end. */
export interface OutputFormat {
  /** What the file begins with. */
  readonly header: string;
  encode(answer: Answer, row: Row): string;
  /** The answer of another line as that of an equal one, which has cost nothing. */
  copy(text: string, place: Place, row: Row): string;
}
