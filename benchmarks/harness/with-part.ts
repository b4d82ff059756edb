/** What one bench adds to the page of figures. */
export interface PagePart {
  readonly name: string;
  /** Rows of the table of goals. */
  readonly goals: readonly string[];
  /** From its heading on: `## name: title`. */
  readonly section: string;
}

/**
 * The page of figures with those of some benches in the place of their former ones; what the others
 * gave stays as it was.
 *
 * @param order The names of all benches, as they stand on the page.
 */
export function withPart(
  page: string,
  parts: readonly PagePart[],
  order: readonly string[],
): string {
  const [preamble = "", goals = "", ...sections] = page.split(/^(?=## )/m);
  const isNew = (name: string) => parts.some((part) => part.name === name);
  const kept = sections.filter((section) => !isNew(nameOf(section)));
  const all = [...kept, ...parts.map(({ section }) => section)].map((each) => each.trim());
  const lines = goals.trim().split("\n");
  const start = lines.findIndex((line) => line.startsWith("| -") || line.startsWith("|-")) + 1;
  const rows = lines.slice(start).filter((row) => !isNew(benchOf(row)));
  const allRows = [...rows, ...parts.flatMap((part) => part.goals)];
  const sorted = allRows.sort((a, b) => order.indexOf(benchOf(a)) - order.indexOf(benchOf(b)));
  const table = [...lines.slice(0, start), ...sorted].join("\n");
  const inOrder = all.sort((a, b) => order.indexOf(nameOf(a)) - order.indexOf(nameOf(b)));
  return `${preamble}${table}\n\n${inOrder.join("\n\n")}\n`;
}

function nameOf(section: string): string {
  return /^## (\w+):/.exec(section)?.[1] ?? "";
}

function benchOf(row: string): string {
  return row.split("|")[1]?.trim() ?? "";
}
