/** What a window was before another began. */
interface Before {
  readonly limit: number;
  readonly begun: number;
}

/** All that a learned limit knows: plain values, so that machines can hand it on. */
export interface LearnedState {
  /** Calls in one window; Infinity while no limit is known. */
  limit: number;
  /** Milliseconds of one window. */
  period: number;
  /** The same as it was measured; the period is longer where windows came too soon. */
  measured: number;
  /** So many calls have gone in a window of this length without a refusal. */
  proven: number;
  blockedUntil: number;
  lastRefusal: number;
  /** Windows in a row of which no call got through. */
  barren: number;
  /** The next window begins with one call: how long to wait was a guess. */
  careful: boolean;
  window: number;
  begun: number;
  released: number;
  refused: number;
  named: number;
  firstAdmitted: number | undefined;
  jitter: number;
  /** The window began before the vendor's. */
  early: boolean;
  /** So many windows in a row did before it. */
  earlyBefore: number;
  before: Before;
  /** Full windows without a refusal since the limit was last raised. */
  clean: number;
  /** How many of them it takes to raise it. */
  patience: number;
  step: number;
  raised: boolean;
}

export function nothingLearned(): LearnedState {
  return {
    limit: Number.POSITIVE_INFINITY,
    period: 0,
    measured: 0,
    proven: 0,
    blockedUntil: 0,
    lastRefusal: Number.NEGATIVE_INFINITY,
    barren: 0,
    careful: false,
    window: 0,
    begun: Number.NEGATIVE_INFINITY,
    released: 0,
    refused: 0,
    named: 0,
    firstAdmitted: undefined,
    jitter: 0,
    early: false,
    earlyBefore: 0,
    before: { limit: Number.POSITIVE_INFINITY, begun: 0 },
    clean: 0,
    patience: 2,
    step: 1,
    raised: false,
  };
}
