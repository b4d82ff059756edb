import CliTable from "cli-table3";
import widthOf from "fast-string-width";
import { breakLines } from "../markdown/break-lines.ts";
import { printableLine } from "./printable.ts";
import { coloursOf, widthOf as columnsOf } from "./terminal.ts";

const noLines = Object.fromEntries(
  ["top", "bottom", "left", "right", "mid"].flatMap((side) => [
    [side, ""],
    [`${side}-mid`, ""],
    [`${side}-left`, ""],
    [`${side}-right`, ""],
  ]),
);

/** The least width of the last column, in characters; below it, rows are shown as lines. */
const narrowest = 12;

/**
 * A table without borders, of cells with any text, whose last column wraps. If there is no room
 * even then, shows a line for each cell. Columns that `aligns` does not name are aligned left.
 */
export function table(
  head: readonly string[],
  cells: readonly (readonly string[])[],
  aligns: readonly ("left" | "right")[] = [],
): string {
  const rows = cells.map((row) => row.map(printableLine));
  const { bold } = coloursOf(process.stdout);
  const widths = head.map((title, column) =>
    Math.max(...[title, ...rows.map((row) => row[column] ?? "")].map((cell) => widthOf(cell))),
  );
  const used = widths.slice(0, -1).reduce((sum, width) => sum + width + 2, 0);
  const room = columnsOf(process.stdout) - used - 1;
  if (room < Math.min(narrowest, widths.at(-1) ?? 0)) return lines(head, rows);
  const last = Math.min(widths.at(-1) ?? 0, room);
  const drawn = new CliTable({
    chars: { ...noLines, middle: "  " },
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
    colAligns: [...aligns],
  });
  drawn.push(
    head.map((title) => bold(title)),
    ...rows.map((row) => [...row.slice(0, -1), wrapped(row.at(-1) ?? "", last)]),
  );
  return drawn
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

function wrapped(cell: string, columns: number): string {
  return breakLines([{ text: cell, style: String }], columns).join("\n");
}

/** A block for each row, a line for each of its cells. */
function lines(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const { bold } = coloursOf(process.stdout);
  const longest = Math.max(...head.map((title) => title.length));
  const blocks = rows.map((row) =>
    row
      .map((cell, column) => `${bold((head[column] ?? "").padEnd(longest))}  ${cell}`.trimEnd())
      .join("\n"),
  );
  return blocks.join("\n\n");
}
