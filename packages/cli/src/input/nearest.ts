/** The known word that was probably meant: at most two edits away. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const near = known.map((each) => ({ each, away: distance(word, each) }));
  return near.sort((a, b) => a.away - b.away).find(({ away }) => away <= 2)?.each;
}

/** The Levenshtein distance, computed row by row. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (let j = 0; j < other.length; j++) {
      const swap = (row[j] ?? 0) + (letter === other[j] ? 0 : 1);
      next.push(Math.min(swap, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
