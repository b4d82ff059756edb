import { isUtf8 } from "node:buffer";
import type { Row } from "../contract.ts";
import { withExactIds } from "./exact-ids.ts";
import type { InputRow } from "./input-row.ts";
import { LineFault } from "./line-fault.ts";
import { type Line, longestLine, readLines } from "./read-lines.ts";

/**
 * Reads the rows of a JSONL file. A line that cannot be read becomes a LineFault, and the others
 * are read.
 */
export async function* readJsonLines(path: string): AsyncGenerator<InputRow> {
  let index = 0;
  for await (const line of readLines(path)) {
    if (line.bytes !== undefined && isBlank(line.bytes)) continue;
    yield { index, line: line.number, row: rowOf(line) };
    index += 1;
  }
}

function isBlank(bytes: Buffer): boolean {
  if (bytes.length > 64) return false;
  return bytes.toString("latin1").trim() === "";
}

function rowOf({ bytes }: Line): Row | LineFault {
  if (bytes === undefined) {
    return new LineFault(`It is longer than ${longestLine / 1024 / 1024} MiB.`);
  }
  if (!isUtf8(bytes)) return new LineFault("It is not UTF-8 text.");
  try {
    const text = bytes.toString("utf8");
    return withExactIds(asRow(JSON.parse(text)), text);
  } catch (error) {
    return new LineFault(`It is not JSON: ${(error as Error).message}.`);
  }
}

function asRow(value: unknown): Row | LineFault {
  if (typeof value === "string") return { prompt: value };
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Row;
  if (Array.isArray(value)) {
    return new LineFault("It is an array: write each request on its own line.");
  }
  return new LineFault("It is neither an object nor a string.");
}
