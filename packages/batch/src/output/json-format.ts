import type { Answer, FailedLine, Place } from "./answer.ts";
import { jsonText } from "./json-text.ts";
import type { OutputFormat } from "./output-format.ts";

export const jsonFormat: OutputFormat = {
  header: "",
  encode: jsonText,
  copy: copyOfJson,
};

/** Copies a line of the output or of the failures for an equal line. */
export function copyOfJson(text: string, place: Place): string {
  const {
    id: _,
    line,
    cost: __,
    ...rest
  } = JSON.parse(text) as Answer | (FailedLine & { cost?: undefined });
  return jsonText({ ...place, sameAs: line, ...rest, attempts: [] });
}
