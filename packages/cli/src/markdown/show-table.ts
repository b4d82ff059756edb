import CliTable from "cli-table3";
import widthOf from "fast-string-width";
import type { Tokens } from "marked";
import { breakLines } from "./break-lines.ts";
import { inlineSpans } from "./inline-spans.ts";
import type { Look } from "./look.ts";

/** The width below which no column is narrowed, in columns of the terminal. */
const narrowest = 6;

/** Renders a table within the available width or, if that is too narrow, a line for each cell. */
export function showTable(token: Tokens.Table, look: Look): string {
  const { styles, columns } = look;
  const rows = [token.header, ...token.rows].map((row) =>
    row.map(({ tokens }) => inlineSpans(tokens, styles)),
  );
  const needed = token.header.map((_, column) =>
    Math.max(...rows.map((row) => widthOf((row[column] ?? []).map(({ text }) => text).join("")))),
  );
  const room = columns - (3 * needed.length + 1);
  const widths = fitted(needed, room);
  if (widths === undefined) return asLines(rows, look);
  const [head = [], ...others] = rows.map((row) =>
    widths.map((width, column) => breakLines(row[column] ?? [], width).join("\n")),
  );
  const table = new CliTable({
    head: head.map((cell) => boldLines(cell, look)),
    style: { head: [], border: [], compact: true },
    colAligns: alignsOf(token),
  });
  table.push(...others);
  return table.toString();
}

type Cells = readonly (readonly ReturnType<typeof inlineSpans>[])[];

/** Widths that fit, found by narrowing the widest column first; undefined if none fit. */
function fitted(needed: readonly number[], room: number): readonly number[] | undefined {
  const widths = needed.map((width) => Math.max(width, 1));
  const sum = () => widths.reduce((total, width) => total + width, 0);
  while (sum() > room) {
    const widest = Math.max(...widths);
    if (widest <= narrowest) return undefined;
    widths[widths.indexOf(widest)] = widest - 1;
  }
  return widths;
}

function alignsOf({ align }: Tokens.Table): ("left" | "center" | "right")[] {
  return align.map((side) => side ?? "left");
}

function boldLines(cell: string, { styles }: Look): string {
  return cell
    .split("\n")
    .map((line) => styles.bold(line))
    .join("\n");
}

function asLines([head = [], ...rows]: Cells, { styles, columns }: Look): string {
  const blocks = rows.map((row) =>
    row
      .flatMap((cell, column) => {
        const title = (head[column] ?? []).map(({ text }) => text).join("");
        return breakLines([{ text: `${title}: `, style: styles.bold }, ...cell], columns);
      })
      .join("\n"),
  );
  return blocks.join("\n\n");
}
