import CliTable from "cli-table3";
import { type Goal, met, type Report, type Row, type Table } from "./report.ts";

/** A report as text for a terminal. */
export function print(title: string, report: Report): string {
  return [
    `\n# ${title}`,
    ...report.tables.map((table) => `\n${table.title} (${table.unit})\n${drawn(table)}`),
    "",
    ...report.goals.map(goalLine),
    ...(report.remarks ?? []).map((remark) => `note: ${remark}`),
  ].join("\n");
}

export function goalLine(goal: Goal): string {
  return `${met(goal) ? "met   " : "MISSED"}  ${goal.says}: ${amount(goal.measured)}${suffix(goal)}`;
}

export function suffix({ unit }: Goal): string {
  return unit === "x" ? "x" : ` ${unit}`;
}

/** The cells of a row: who, which kind, how much, and how many times the reference. */
export function cells(row: Row): [string, string, string, string] {
  return [row.subject, row.kind, amount(row.figure), `${amount(row.ratio)}x`];
}

export function heads(table: Table): [string, string, string, string] {
  return ["", "", table.unit, `to ${table.reference}`];
}

/** Three digits that count; whole above a thousand. */
export function amount(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString("en") : `${Number(value.toPrecision(3))}`;
}

function drawn(table: Table): string {
  const drawing = new CliTable({
    chars: Object.fromEntries(
      "top,top-mid,top-left,top-right,bottom,bottom-mid,bottom-left,bottom-right,left,left-mid,mid,mid-mid,right,right-mid"
        .split(",")
        .map((side) => [side, ""]),
    ),
    style: { head: [], border: [], "padding-left": 0 },
    colAligns: ["left", "left", "right", "right"],
    head: heads(table),
  });
  drawing.push(...table.rows.map(cells));
  return drawing.toString();
}
