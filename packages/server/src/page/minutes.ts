import type { ShownCall } from "./shown-call.ts";

/** The counts of one minute. */
export interface Minute {
  /** Minutes since the epoch. */
  readonly minute: number;
  hits: number;
  joined: number;
  misses: number;
  readonly failures: Record<string, number>;
  spentUsd: number;
  savedUsd: number;
  tokens: number;
}

const day = 24 * 60;
/** Most failure codes that are counted separately in a minute. */
const mostCodes = 32;

/** The minutes of the last day, without those in which nothing happened. */
export class Minutes {
  readonly #minutes = new Map<number, Minute>();

  /** Counts a call, and returns the minute in which it ended. */
  add(call: ShownCall): Minute {
    const minute = Math.floor((call.at + call.ms) / 60_000);
    const counted = this.#minutes.get(minute) ?? emptyMinute(minute);
    this.#minutes.set(minute, counted);
    count(counted, call);
    this.#forgetBefore(minute - day);
    return counted;
  }

  /** Oldest first. */
  list(now: number): readonly Minute[] {
    const first = Math.floor(now / 60_000) - day;
    const kept = [...this.#minutes.values()].filter(({ minute }) => minute > first);
    return kept.sort((one, other) => one.minute - other.minute);
  }

  #forgetBefore(first: number): void {
    for (const minute of this.#minutes.keys()) {
      if (minute > first) break;
      this.#minutes.delete(minute);
    }
  }
}

function emptyMinute(minute: number): Minute {
  const none = { hits: 0, joined: 0, misses: 0, spentUsd: 0, savedUsd: 0, tokens: 0 };
  return { minute, failures: Object.create(null), ...none };
}

function count(minute: Minute, call: ShownCall): void {
  const { code, status, cached, joined, costUsd = 0, savedUsd = 0, usage } = call;
  if (code !== undefined || status >= 400) {
    const known = minute.failures;
    const name = code ?? `HTTP_${status}`;
    const row = name in known || Object.keys(known).length < mostCodes ? name : "OTHER";
    known[row] = (known[row] ?? 0) + 1;
  } else if (cached) minute.hits += 1;
  else if (joined) minute.joined += 1;
  else minute.misses += 1;
  minute.spentUsd += costUsd;
  minute.savedUsd += savedUsd;
  if (!cached && !joined) minute.tokens += (usage?.inputTokens ?? 0) + (usage?.outputTokens ?? 0);
}
