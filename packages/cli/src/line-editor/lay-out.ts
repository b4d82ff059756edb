import widthOf from "fast-string-width";
import { printable } from "../output/printable.ts";

/** The part of a text that is on the screen. */
export interface Layout {
  /** The rows, without the prompt that is written before each. */
  readonly rows: readonly string[];
  readonly cursor: { readonly row: number; readonly column: number };
  /** Whether there are rows above the first, or below the last, for which there is no room. */
  readonly above: boolean;
  readonly below: boolean;
  /** Whether the first row is the first of the text. */
  readonly isTop: boolean;
}

interface Row {
  readonly shown: string;
  /** The offsets in the line at which this row and the next one start. */
  readonly start: number;
  readonly end: number;
}

/**
 * Breaks a text into rows of at most `columns`, and returns at most `height` of them around the
 * cursor.
 */
export function layOut(text: string, cursor: number, columns: number, height: number): Layout {
  const lines = text.split("\n");
  const before = text.slice(0, cursor).split("\n");
  const own = before.length - 1;
  const column = before[own]?.length ?? 0;
  const from = Math.max(own - height, 0);
  const to = Math.min(own + height + 1, lines.length);
  const above = lines.slice(from, own).flatMap((line) => rowsOf(line, columns));
  const ownRows = rowsOf(lines[own] ?? "", columns);
  const below = lines.slice(own + 1, to).flatMap((line) => rowsOf(line, columns));
  const inOwn = Math.max(
    ownRows.findLastIndex(({ start }) => start <= column),
    0,
  );
  const rows = [...above, ...ownRows, ...below].map(({ shown }) => shown);
  const row = above.length + inOwn;
  const first = Math.max(0, Math.min(row - Math.floor(height / 2), rows.length - height));
  const shown = rows.slice(first, first + height);
  const start = ownRows[inOwn]?.start ?? 0;
  return {
    rows: shown,
    cursor: {
      row: row - first,
      column: widthOf(shownText((lines[own] ?? "").slice(start, column))),
    },
    above: first > 0 || from > 0,
    below: first + shown.length < rows.length || to < lines.length,
    isTop: first === 0 && from === 0,
  };
}

function rowsOf(line: string, columns: number): readonly Row[] {
  return /^[ -~]*$/.test(line) ? plainRows(line, columns) : segmentedRows(line, columns);
}

/** Breaks a line of characters that are one column wide, which is fast for any length. */
function plainRows(line: string, columns: number): readonly Row[] {
  const count = Math.max(1, Math.ceil(line.length / columns));
  return Array.from({ length: count }, (_, index) => {
    const start = index * columns;
    const shown = line.slice(start, start + columns);
    return { shown, start, end: start + shown.length };
  });
}

function segmentedRows(line: string, columns: number): readonly Row[] {
  const rows: Row[] = [];
  let row = { shown: "", start: 0, end: 0 };
  let used = 0;
  for (const { segment, index } of new Intl.Segmenter().segment(line)) {
    const shown = shownText(segment);
    const width = widthOf(shown);
    if (used + width > columns && used > 0) {
      rows.push(row);
      row = { shown: "", start: index, end: index };
      used = 0;
    }
    row = { ...row, shown: row.shown + shown, end: index + segment.length };
    used += width;
  }
  return [...rows, row];
}

/** The text as it is shown during editing, without control characters that a terminal obeys. */
function shownText(text: string): string {
  return printable(text).replaceAll("\t", "    ");
}
