/**
 * An iterator that tells what is there already: of what came together, to wait for each one by itself
 * takes longer than to read it.
 */
export interface AtHandIterator<T> extends AsyncIterableIterator<T> {
  /** The next one, where it need not be waited for; undefined also at the end. */
  atHand(): T | undefined;
}

/** The next value of an iterator that is there already; undefined too where the iterator cannot tell. */
export function nextAtHand<T>(
  iterator: AsyncIterator<T> & Partial<Pick<AtHandIterator<T>, "atHand">>,
): T | undefined {
  return iterator.atHand?.();
}
