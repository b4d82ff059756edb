import { isCsv } from "../input/read-rows.ts";
import { csvFormat } from "./csv-format.ts";
import { jsonFormat } from "./json-format.ts";
import type { OutputFormat } from "./output-format.ts";

export function outputFormat(path: string, columns: readonly string[]): OutputFormat {
  return isCsv(path) ? csvFormat(columns) : jsonFormat;
}
