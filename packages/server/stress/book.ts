import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What the journal of budgets says of one key. */
export interface Page {
  /** Billionths of a US dollar. */
  readonly settled: number;
  readonly unsettled: readonly number[];
}

/** By the ids of keys; lines that were cut as the server was killed do not count. */
export function readBook(folder: string): Map<string, Page> {
  const pages = new Map<string, { settled: number; taken: Map<string, number> }>();
  for (const [what, account, id, amount, limit] of linesOf(folder)) {
    const key = account.slice(0, account.lastIndexOf(":"));
    const page = pages.get(key) ?? { settled: 0, taken: new Map() };
    pages.set(key, page);
    if (what === "spent") page.settled += Number(id);
    const spent = sum([page.settled, ...page.taken.values()]);
    if (what === "take" && spent + amount <= Number(limit)) page.taken.set(id, amount);
    if (what === "settle" && page.taken.delete(id)) page.settled += amount;
  }
  const entries = [...pages].map(([key, { settled, taken }]) => {
    return [key, { settled, unsettled: [...taken.values()] }] as const;
  });
  return new Map(entries);
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

type Line = [what: string, account: string, id: string, amount: number, limit?: number];

/** Of the file in which the journal goes on: it has what those before it came to. */
function linesOf(folder: string): Line[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".log"));
  const last = names.sort((one, other) => numberOf(one) - numberOf(other)).at(-1);
  const text = last === undefined ? "" : readFileSync(join(folder, last), "utf8");
  const [whole = ""] = text.split('\n["end"]\n');
  const lines = whole.split("\n").filter((line) => line.endsWith("]"));
  return lines.map((line) => JSON.parse(line));
}

function numberOf(name: string): number {
  return Number(/\.(\d+)\.log$/.exec(name)?.[1] ?? 0);
}
