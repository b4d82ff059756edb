/** Milliseconds to wait after a refusal that names no time; doubled each time that nothing got through. */
const firstGuess = 1_000;
const longestGuess = 60_000;

/** Milliseconds that a wait lasts at least, doubled each time that nothing got through. */
const shortestWait = 50;
const longestShortest = 8_000;

/**
 * Milliseconds to wait after a refusal.
 *
 * @param named Milliseconds that the vendor said to wait
 * @param barren Windows in a row of which no call got through
 */
export function waitAfter(named: number | undefined, barren: number): number {
  const doubled = 2 ** Math.min(barren, 10);
  const least = Math.min(longestShortest, shortestWait * doubled);
  const guess = Math.min(longestGuess, firstGuess * doubled);
  return Math.max(named ?? guess, least);
}
