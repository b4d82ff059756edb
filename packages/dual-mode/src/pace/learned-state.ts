/** The values of the window before the current one. */
interface Before {
  readonly limit: number;
  readonly begun: number;
}

/** The state of a learned limit, as plain values, so that machines can share it. */
export interface LearnedState {
  /** Calls per window; Infinity while no limit is known. */
  limit: number;
  /** The length of a window, in ms. */
  period: number;
  /** The length as it was measured; `period` is longer if windows began too early. */
  measured: number;
  /** The most calls that have started in a window of this length without a refusal. */
  proven: number;
  blockedUntil: number;
  lastRefusal: number;
  /** The number of windows in a row in which no call succeeded. */
  barren: number;
  /** Whether the next window begins with a single call, because the wait was a guess. */
  careful: boolean;
  window: number;
  begun: number;
  released: number;
  refused: number;
  named: number;
  firstAdmitted: number | undefined;
  jitter: number;
  /** Whether the window began before the vendor's. */
  early: boolean;
  /** How many windows in a row before it also began early. */
  earlyBefore: number;
  before: Before;
  /** The number of full windows without a refusal since the limit was last raised. */
  clean: number;
  /** How many of them are needed before the limit is raised. */
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
