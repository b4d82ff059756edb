/** Shorter values are not redacted: they would match ordinary words. In UTF-16 units. */
export const shortestRedacted = 8;

/** A released value is redacted until this many others were released after it. */
const keptAfterRelease = 256;

/** What the process knows of values in use; shared by all copies of this package. */
export interface LiveValues {
  /** How many holders each value has; 0 for one that was released recently. */
  readonly values: Map<string, number>;
  /** Values whose written forms are not in the index yet. */
  readonly fresh: Set<string>;
  readonly released: Set<string>;
  /** Written forms by their first 8 characters. */
  readonly forms: Map<string, string[]>;
  readonly filter: Uint8Array;
  /** Values put into the index since it was last rebuilt. */
  indexed: number;
}

const place = Symbol.for("@acc/secrets.live-values@1");

/** Behind a function, so that printing `globalThis`, in whatever way, shows no value. */
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

/** A value with no holder left is still redacted for a while: a text in progress may contain it. */
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

/** Drops the forms of forgotten values; the next redaction indexes what is left. */
function rebuildLater(live: LiveValues): void {
  live.forms.clear();
  live.filter.fill(0);
  live.indexed = 0;
  for (const value of live.values.keys()) live.fresh.add(value);
}
