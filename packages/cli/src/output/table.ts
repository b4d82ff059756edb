import CliTable from "cli-table3";
import { coloursOf, widthOf } from "./terminal.ts";

const noLines = Object.fromEntries(
  ["top", "bottom", "left", "right", "mid"].flatMap((side) => [
    [side, ""],
    [`${side}-mid`, ""],
    [`${side}-left`, ""],
    [`${side}-right`, ""],
  ]),
);

/** Columns without lines; on a narrow terminal the last one wraps. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const { bold } = coloursOf(process.stdout);
  const widths = head.map((title, column) =>
    Math.max(...[title, ...rows.map((row) => row[column] ?? "")].map((cell) => cell.length)),
  );
  const used = widths.slice(0, -1).reduce((sum, width) => sum + width + 2, 0);
  const last = Math.max(12, Math.min(widths.at(-1) ?? 0, widthOf(process.stdout) - used - 1));
  const drawn = new CliTable({
    chars: { ...noLines, middle: "  " },
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
    colWidths: [...widths.slice(0, -1), last],
    wordWrap: true,
  });
  drawn.push(
    head.map((title) => bold(title)),
    ...rows.map((row) => [...row]),
  );
  return drawn
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
