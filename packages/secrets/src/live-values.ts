/**
 * The length of the shortest value that is redacted, in UTF-16 units: shorter ones would match
 * ordinary words.
 */
export const shortestRedacted = 8;

/** How many other values are released before a released value is no longer redacted. */
const keptAfterRelease = 256;

/** The values in use in this process, and their index; shared by all copies of this package. */
export interface LiveValues {
  /** How many holders each value has; 0 for one that was released recently. */
  readonly values: Map<string, number>;
  /** Values whose written forms are not indexed yet. */
  readonly fresh: Set<string>;
  readonly released: Set<string>;
  /** Written forms by their first 8 characters. */
  readonly forms: Map<string, string[]>;
  readonly filter: Uint8Array;
  /** The number of values indexed since the index was last rebuilt. */
  indexed: number;
}

const place = Symbol.for("@acc/secrets.live-values@1");

/**
 * Returns the live values. They are stored behind a function, so that printing `globalThis` shows
 * none.
 */
export function liveValues(): LiveValues {
  const shared = globalThis as { [place]?: () => LiveValues };
  const known = shared[place];
  if (known) return known();
  const live: LiveValues = {
    values: new Map(),
    fresh: new Set(),
    released: new Set(),
    forms: new Map(),
    filter: new Uint8Array(0x10000),
    indexed: 0,
  };
  Object.defineProperty(globalThis, place, { value: () => live });
  return live;
}

/** Counts one more holder of a value; pair it with `releaseValue`. */
export function retainValue(value: string): void {
  if (value.length < shortestRedacted) return;
  const live = liveValues();
  const holders = live.values.get(value);
  if (holders === undefined) live.fresh.add(value);
  else if (holders === 0) live.released.delete(value);
  live.values.set(value, (holders ?? 0) + 1);
}

/**
 * Removes a holder of a value. A value without holders is still redacted for a while, because a
 * text in progress may contain it.
 */
export function releaseValue(value: string): void {
  const live = liveValues();
  const holders = live.values.get(value);
  if (holders === undefined || holders === 0) return;
  live.values.set(value, holders - 1);
  if (holders > 1) return;
  live.released.add(value);
  if (live.released.size > keptAfterRelease) forgetOldest(live);
}

function forgetOldest(live: LiveValues): void {
  for (const oldest of live.released) {
    live.released.delete(oldest);
    live.values.delete(oldest);
    live.fresh.delete(oldest);
    break;
  }
  if (live.indexed > 2 * live.values.size + keptAfterRelease) rebuildLater(live);
}

/**
 * Empties the index, to drop the forms of forgotten values; the next redaction indexes the other
 * values again.
 */
function rebuildLater(live: LiveValues): void {
  live.forms.clear();
  live.filter.fill(0);
  live.indexed = 0;
  for (const value of live.values.keys()) live.fresh.add(value);
}
