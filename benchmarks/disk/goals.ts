import { ratioOf } from "../harness/compare.ts";
import type { Goal, Table } from "../harness/report.ts";
import { FILES, RAW, SQLITE } from "./stores.ts";

/** Over all sizes and counts that were measured, the worst. */
export function goals(tables: readonly Table[]): Goal[] {
  const ratios = (title: string, subject: string, to: string) =>
    tables
      .filter((table) => table.title.startsWith(title))
      .map(({ rows }) => ratioOf(rows, subject, to));
  const times = (
    says: string,
    title: string,
    peer: string,
    own: string,
    atLeast: number,
  ): Goal => ({
    says,
    measured: Math.min(...ratios(title, peer, own)),
    atLeast,
    unit: "x",
  });
  return [
    ...["2 KB", "20 KB"].map((size) => ({
      says: `sqlite: a verified get of ${size} in at most 1.6 times that of raw node:sqlite`,
      measured: Math.max(...ratios(`get, ${size}`, SQLITE, RAW)),
      atMost: 1.6,
      unit: "x",
    })),
    times("sqlite: get 8 times as fast as @keyv/sqlite", "get", "@keyv/sqlite", SQLITE, 8),
    times("sqlite: get 15 times as fast as cacache", "get", "cacache", SQLITE, 15),
    times("sqlite: set 10 times as fast as cacache", "set", "cacache", SQLITE, 10),
    times("files: get 5 times as fast as cacache", "get", "cacache", FILES, 5),
  ];
}
