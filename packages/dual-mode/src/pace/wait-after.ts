/** The wait after a refusal that names no time, in ms; doubled each time that no call succeeded. */
const firstGuess = 1_000;
const longestGuess = 60_000;

/** The shortest wait in ms, doubled each time that no call succeeded. */
const shortestWait = 50;
const longestShortest = 8_000;

/**
 * Returns how long to wait after a refusal, in ms.
 *
 * @param named The wait that the vendor named, in ms
 * @param barren The number of windows in a row in which no call succeeded
 */
export function waitAfter(named: number | undefined, barren: number): number {
  const doubled = 2 ** Math.min(barren, 10);
  const least = Math.min(longestShortest, shortestWait * doubled);
  const guess = Math.min(longestGuess, firstGuess * doubled);
  return Math.max(named ?? guess, least);
}
