import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { benchNames } from "./bench-names.ts";
import { draw } from "./draw.ts";
import { amount, cells, heads, suffix } from "./print.ts";
import { type Goal, met, type Table } from "./report.ts";
import type { Ran } from "./run-bench.ts";
import { type PagePart, withPart } from "./with-part.ts";

const folder = fileURLToPath(new URL("..", import.meta.url));
const begin = "<!-- figures -->";

/**
 * Writes the figures of a run below the marker of RESULTS.md, and the plots beside it. What
 * stands above the marker was written by hand and stays. Figures of some benches take the place of
 * their former ones and say when they were measured.
 */
export function record(ran: ReadonlyMap<string, Ran>, full: boolean): void {
  const path = `${folder}RESULTS.md`;
  const [words, figures = ""] = readFileSync(path, "utf8").split(begin);
  const isAll = benchNames.every((name) => ran.has(name));
  const plots = [...ran.values()].flatMap(({ report }) => report.plots ?? []);
  mkdirSync(`${folder}plots`, { recursive: true });
  for (const plot of plots) writeFileSync(`${folder}plots/${plot.file}`, draw(plot));
  const now = isAll ? page(ran, full) : withPart(figures.trim(), partsOf(ran, full), benchNames);
  writeFileSync(path, `${words}${begin}\n\n${now}`);
  execFileSync("npx", ["biome", "format", "--write", path], {
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
}

function page(ran: ReadonlyMap<string, Ran>, full: boolean): string {
  const [first] = ran.values();
  return [
    measured(first, full ? "pnpm bench --full --record" : "pnpm bench --record"),
    "## Goals\n",
    "| bench | goal | measured | |\n|---|---|--:|---|",
    ...[...ran].flatMap(([name, one]) => goalRows(name, one)),
    ...[...ran].map(([name, one]) => section(name, one)),
  ].join("\n");
}

function partsOf(ran: ReadonlyMap<string, Ran>, full: boolean): readonly PagePart[] {
  return [...ran].map(([name, one]) => {
    const when = measured(one, `pnpm bench ${name}${full ? " --full" : ""} --record`);
    return { name, goals: goalRows(name, one), section: section(name, one, [when]) };
  });
}

function measured(ran: Ran | undefined, command: string): string {
  const day = new Date().toISOString().slice(0, 10);
  return `Measured on ${day} by \`${command}\`. Machine: ${ran?.machine}.\n`;
}

function goalRows(name: string, { report }: Ran): readonly string[] {
  return report.goals.map((goal) => `| ${name} | ${goalCells(goal).join(" | ")} |`);
}

function goalCells(goal: Goal): string[] {
  return [goal.says, `${amount(goal.measured)}${suffix(goal)}`, met(goal) ? "met" : "**missed**"];
}

function section(name: string, { title, report }: Ran, words: readonly string[] = []): string {
  return [
    `\n## ${name}: ${title}\n`,
    ...words,
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
