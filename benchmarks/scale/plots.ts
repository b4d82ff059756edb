import type { Plot, Table } from "../harness/report.ts";

/** A line for each table: its rows by the number of entries. */
export function entriesPlot(tables: readonly Table[], sizes: readonly number[]): Plot {
  return {
    file: "scale-entries.svg",
    title: "What a get and a set cost, by how much is kept",
    xTitle: "entries",
    yTitle: "µs",
    lines: tables.map(({ title, rows }) => ({
      name: title.replace("@acc/cache ", ""),
      points: rows.map(({ figure }, index) => [sizes[index] as number, figure] as const),
    })),
  };
}

/** A line for each subject: what it takes, by the length of the prompt. */
export function promptsPlot(tables: readonly Table[], sizes: readonly number[]): Plot {
  return {
    file: "scale-prompts.svg",
    title: "From a request to its stored answer, by the length of the prompt",
    xTitle: "bytes of the prompt",
    yTitle: "µs",
    lines: (tables[0]?.rows ?? []).map(({ subject }, at) => ({
      name: subject,
      points: tables.map(
        ({ rows }, index) => [sizes[index] as number, rows[at]?.figure ?? 0] as const,
      ),
    })),
  };
}
