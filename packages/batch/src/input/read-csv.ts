import { Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { BatchError } from "../batch-error.ts";
import { hasOtherSeparators, withCommas } from "./check-columns.ts";
import type { InputRow, Rows } from "./input-row.ts";
import { LineFault } from "./line-fault.ts";
import { chunksOf, longestLine } from "./read-lines.ts";

/**
 * The rows of a file of CSV whose first one names the columns.
 * @throws {@link BatchError} `INVALID_INPUT` without a header, and where its quotes cannot be read:
 * nobody knows what is a row behind that
 */
export async function readCsv(path: string): Promise<Rows> {
  const records = recordsOf(path);
  const first = await records.next();
  const columns = first.done ? [] : named(first.value);
  const twice = columns.find((name, index) => columns.indexOf(name) !== index);
  if (columns.length === 0 || twice !== undefined) {
    const message =
      twice === undefined
        ? `There is no header in ${path}.`
        : `Two columns of ${path} are "${twice}".`;
    throw new BatchError("INVALID_INPUT", message, "Name each column in the first row.");
  }
  return { columns, rows: rowsOf(records, columns) };
}

/** The names of the columns: spreadsheets write commas for columns that have neither name nor cells. */
function named(header: readonly string[]): readonly string[] {
  return header.slice(0, header.findLastIndex((name) => name !== "") + 1);
}

/** Whether cells are one for each column, and no more than empty ones behind them. */
function fits(cells: readonly string[], { length }: readonly string[]): boolean {
  return cells.length >= length && cells.slice(length).every((cell) => cell === "");
}

async function* rowsOf(
  records: AsyncGenerator<readonly string[]>,
  columns: readonly string[],
): AsyncGenerator<InputRow> {
  let index = 0;
  for await (const cells of records) {
    const row = fits(cells, columns)
      ? Object.fromEntries(columns.map((name, at) => [name, cells[at]]))
      : new LineFault(`It has ${cells.length} cells, and there are ${columns.length} columns.`);
    yield { index, line: index + 1, row };
    index += 1;
  }
}

async function* recordsOf(path: string): AsyncGenerator<readonly string[]> {
  const parser = parse({
    bom: true,
    relax_column_count: true,
    // Files that programs of two systems have written to have two kinds of line ends.
    record_delimiter: ["\r\n", "\n", "\r"],
    skip_empty_lines: true,
    max_record_size: longestLine,
  });
  const bytes = Readable.from(textOnly(path));
  bytes.once("error", (error) => parser.destroy(error));
  try {
    yield* bytes.pipe(parser) as AsyncIterable<readonly string[]>;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const message = `The file ${path} cannot be read as CSV: ${error.message}.`;
    const isOther = hasOtherSeparators(await headerOf(path));
    const fix = isOther ? withCommas : "Correct it; nothing was asked.";
    throw new BatchError("INVALID_INPUT", message, fix, error);
  } finally {
    bytes.destroy();
  }
}

/** The first line of a file, as far as it is in its first piece. */
async function headerOf(path: string): Promise<string> {
  for await (const chunk of chunksOf(path))
    return chunk.toString("utf8").split(/[\r\n]/, 1)[0] ?? "";
  return "";
}

/**
 * The bytes of a file, all of them UTF-8: what Excel writes without "UTF-8" in the format's name is not.
 * @throws {@link BatchError} `INPUT_NOT_TEXT`
 */
async function* textOnly(path: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of chunksOf(path)) {
      decoder.decode(chunk, { stream: true });
      yield chunk;
    }
    decoder.decode();
  } catch (error) {
    if (BatchError.is(error)) throw error;
    const message = `The file ${path} is not UTF-8 text.`;
    throw new BatchError("INPUT_NOT_TEXT", message, "Save it as UTF-8; nothing was asked.", error);
  }
}
