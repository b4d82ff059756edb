import { type RateLimiterAbstract, RateLimiterRes } from "rate-limiter-flexible";
import type { Availability } from "../availability.ts";

/** What is counted per minute: requests, or tokens. */
export type LimitKind = "rpm" | "tpm";

/** A counter of a key, with its limit per minute. */
export interface Counter {
  readonly kind: LimitKind;
  readonly perMinute: number;
  readonly key: string;
}

/** Whether points were taken, and when the minute ends, in milliseconds since the epoch. */
export interface Taken {
  readonly taken: boolean;
  readonly until: number;
}

/** Counts per minute. An amount that is refused is not counted. */
export interface Limits {
  /** Whether the shared storage answers; absent if nothing is shared. */
  readonly availability?: Availability;
  /** @throws AccessError `UNAVAILABLE` */
  take(counter: Counter, points: number): Promise<Taken>;
  /** Adds points, or removes them if the number is negative, regardless of the limit. */
  add(counter: Counter, points: number): Promise<void>;
  used(counter: Counter): Promise<number>;
}

/** Limits that also return what a counter has used, and whose counters can be set. */
export interface CountedLimits extends Limits {
  take(counter: Counter, points: number): Promise<Taken & { readonly used: number }>;
  /** Sets the points of a counter for this many milliseconds. */
  set(counter: Counter, points: number, ms: number): Promise<void>;
}

/** Seconds. */
export const minute = 60;

type Make = (kind: LimitKind, perMinute: number) => RateLimiterAbstract;

/** Runs a command of a limiter for a key, and handles storage that does not answer. */
type Run = <T>(key: string, ask: () => Promise<T>) => Promise<T>;

/** Makes limits from rate limiters, of which it makes one for each limit per minute. */
export function limitsOf(make: Make, run: Run = (_, ask) => ask()): CountedLimits {
  const made = new Map<string, RateLimiterAbstract>();
  const limiterOf = ({ kind, perMinute }: Counter) => {
    const name = `${kind}:${perMinute}`;
    const limiter = made.get(name) ?? make(kind, perMinute);
    made.set(name, limiter);
    return limiter;
  };
  return {
    async take(counter, points) {
      const limiter = limiterOf(counter);
      const { key } = counter;
      return await run(key, async () => {
        const { taken, ms, used } = await consume(limiter, key, points);
        if (!taken) await limiter.reward(key, points);
        return { taken, until: Date.now() + ms, used: taken ? used : used - points };
      });
    },
    async add(counter, points) {
      const limiter = limiterOf(counter);
      if (points > 0) await run(counter.key, () => limiter.penalty(counter.key, points));
      if (points < 0) await run(counter.key, () => limiter.reward(counter.key, -points));
    },
    async set(counter, points, ms) {
      await run(counter.key, () => limiterOf(counter).set(counter.key, points, ms / 1_000));
    },
    async used(counter) {
      const found = await run(counter.key, () => limiterOf(counter).get(counter.key));
      return Math.max(0, found?.consumedPoints ?? 0);
    },
  };
}

/**
 * Takes points. A limiter rejects with its result if there are too few, and with an error
 * otherwise.
 */
async function consume(limiter: RateLimiterAbstract, key: string, points: number) {
  try {
    return { taken: true, ...read(await limiter.consume(key, points)) };
  } catch (error) {
    if (error instanceof RateLimiterRes) return { taken: false, ...read(error) };
    throw error;
  }
}

function read({ msBeforeNext, consumedPoints }: RateLimiterRes) {
  return { ms: msBeforeNext, used: consumedPoints };
}
