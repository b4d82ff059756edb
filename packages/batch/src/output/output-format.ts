import type { Row } from "../contract.ts";
import { isCsv } from "../input/read-rows.ts";
import type { Answer, FailedLine, Place } from "./answer.ts";
import { csvFormat } from "./csv-format.ts";
import { jsonText } from "./json-text.ts";

/** How answers are written. Each text ends with its line's end. */
export interface OutputFormat {
  /** What the file begins with. */
  readonly header: string;
  encode(answer: Answer, row: Row): string;
  /** The answer of another line as that of an equal one, which has cost nothing. */
  copy(text: string, place: Place, row: Row): string;
}

export function outputFormat(path: string, columns: readonly string[]): OutputFormat {
  return isCsv(path) ? csvFormat(columns) : jsonFormat;
}

const jsonFormat: OutputFormat = {
  header: "",
  encode: jsonText,
  copy: copyOfJson,
};

/** A line of the output or of the failures as that of an equal one. */
export function copyOfJson(text: string, place: Place): string {
  const {
    id: _,
    line,
    cost: __,
    ...rest
  } = JSON.parse(text) as Answer | (FailedLine & { cost?: undefined });
  return jsonText({ ...place, sameAs: line, ...rest, attempts: [] });
}
