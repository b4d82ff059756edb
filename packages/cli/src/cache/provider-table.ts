import { printableLine } from "../output/printable.ts";
import { table } from "../output/table.ts";
import { coloursOf, widthOf } from "../output/terminal.ts";
import type { ProviderCounts } from "./provider-counts.ts";

const head = ["provider", "hits", "misses", "saved", "kept"] as const;
const legend = "hits █ misses ░";
const longestName = 16;
const longestBar = 40;

/** A row for each provider and, if the terminal has room for it, a bar. */
export function providerTable(counts: ReadonlyMap<string, ProviderCounts>): string {
  const rows = [...counts].map(([name, { hits, misses, savedMs, kept }]) => [
    clipped(name),
    ...[hits, misses, seconds(savedMs), kept].map(String),
  ]);
  const aligns = ["left", "right", "right", "right", "right"] as const;
  const room = Math.min(longestBar, widthOf(process.stdout) - widthOfColumns(rows) - 1);
  if (room < legend.length) return table(head, rows, aligns);
  const bars = barsOf([...counts.values()], room);
  const drawn = table(
    [...head, legend],
    rows.map((row, index) => [...row, bars[index] ?? ""]),
    aligns,
  );
  const { cyan, dim } = coloursOf(process.stdout);
  return drawn.replaceAll(/\u2588+/g, cyan).replaceAll(/\u2591+/g, dim);
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** Bars whose length is the number of calls, relative to the provider that had the most. */
function barsOf(counts: readonly ProviderCounts[], room: number): readonly string[] {
  const most = Math.max(1, ...counts.map(({ hits, misses }) => hits + misses));
  // Each of the two lengths is rounded up.
  const length = (count: number) => Math.ceil((count / most) * (room - 1));
  return counts.map(
    ({ hits, misses }) => `${"█".repeat(length(hits))}${"░".repeat(length(misses))}`,
  );
}

function widthOfColumns(rows: readonly (readonly string[])[]): number {
  return head.reduce((sum, title, column) => {
    const cells = rows.map((row) => row[column]?.length ?? 0);
    return sum + Math.max(title.length, ...cells) + 2;
  }, 0);
}

function clipped(label: string): string {
  const name = printableLine(label);
  return name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name;
}
