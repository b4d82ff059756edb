import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { draw } from "./draw.ts";
import { amount, cells, heads, suffix } from "./print.ts";
import { type Goal, met, type Table } from "./report.ts";
import type { Ran } from "./run-bench.ts";

const folder = fileURLToPath(new URL("..", import.meta.url));
const begin = "<!-- figures -->";

/**
 * Writes the figures of a run below the marker of RESULTS.md, and the plots beside it. What
 * stands above the marker was written by hand and stays.
 */
export function record(ran: ReadonlyMap<string, Ran>, full: boolean): void {
  const path = `${folder}RESULTS.md`;
  const [words] = readFileSync(path, "utf8").split(begin);
  const plots = [...ran.values()].flatMap(({ report }) => report.plots ?? []);
  mkdirSync(`${folder}plots`, { recursive: true });
  for (const plot of plots) writeFileSync(`${folder}plots/${plot.file}`, draw(plot));
  writeFileSync(path, `${words}${begin}\n\n${page(ran, full)}`);
  execFileSync("npx", ["biome", "format", "--write", path], {
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
}

function page(ran: ReadonlyMap<string, Ran>, full: boolean): string {
  const [first] = ran.values();
  const day = new Date().toISOString().slice(0, 10);
  const command = full ? "pnpm bench --full --record" : "pnpm bench --record";
  const goals = [...ran].flatMap(([name, { report }]) =>
    report.goals.map((goal) => `| ${name} | ${goalCells(goal).join(" | ")} |`),
  );
  return [
    `Measured on ${day} by \`${command}\`. Machine: ${first?.machine}.\n`,
    "## Goals\n",
    "| bench | goal | measured | |\n|---|---|--:|---|",
    ...goals,
    ...[...ran].map(([name, one]) => section(name, one)),
  ].join("\n");
}

function goalCells(goal: Goal): string[] {
  return [goal.says, `${amount(goal.measured)}${suffix(goal)}`, met(goal) ? "met" : "**missed**"];
}

function section(name: string, { title, report }: Ran): string {
  return [
    `\n## ${name}: ${title}\n`,
    ...report.tables.map(markdownTable),
    ...(report.plots ?? []).map(({ title, file }) => `![${title}](plots/${file})\n`),
    ...(report.remarks ?? []).map((remark) => `- ${remark}`),
  ].join("\n");
}

function markdownTable(table: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rows = table.rows.map((row) => line(cells(row)));
  return `### ${table.title}\n\n${line(heads(table))}\n|---|---|--:|--:|\n${rows.join("\n")}\n`;
}
