/**
 * An iterator that shows which values are already there. Awaiting each of several values that
 * arrived together takes longer than reading it.
 */
export interface AtHandIterator<T> extends AsyncIterableIterator<T> {
  /** Returns the next value if it need not be awaited; otherwise, and at the end, undefined. */
  atHand(): T | undefined;
}

/**
 * Returns the next value of an iterator if it is already there; undefined also if the iterator
 * cannot tell.
 */
export function nextAtHand<T>(
  iterator: AsyncIterator<T> & Partial<Pick<AtHandIterator<T>, "atHand">>,
): T | undefined {
  return iterator.atHand?.();
}
