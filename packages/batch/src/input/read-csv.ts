import { Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { BatchError } from "../batch-error.ts";
import { hasOtherSeparators, withCommas } from "./check-columns.ts";
import type { InputRow, Rows } from "./input-row.ts";
import { LineFault } from "./line-fault.ts";
import { chunksOf, longestLine } from "./read-lines.ts";

/**
 * Reads the rows of a CSV file whose first row names the columns.
 * @throws {@link BatchError} `INVALID_INPUT` if there is no header, or if the quotes are not valid: it
 * is then unknown where the next rows begin
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

/**
 * Returns the names of the columns, without the last ones that have no name: spreadsheets write
 * commas for empty columns.
 */
function named(header: readonly string[]): readonly string[] {
  return header.slice(0, header.findLastIndex((name) => name !== "") + 1);
}

/** Whether there is a cell for each column, and any further cells are empty. */
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
    // Files written by programs of two systems have two kinds of line ends.
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

/** Returns the first line of a file, as far as its first chunk contains it. */
async function headerOf(path: string): Promise<string> {
  for await (const chunk of chunksOf(path))
    return chunk.toString("utf8").split(/[\r\n]/, 1)[0] ?? "";
  return "";
}

/**
 * Reads the bytes of a file, and checks that they are UTF-8, which Excel writes only in the format
 * with "UTF-8" in its name.
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
