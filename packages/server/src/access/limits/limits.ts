import { type RateLimiterAbstract, RateLimiterRes } from "rate-limiter-flexible";

/** What is counted by the minute: requests, or tokens. */
export type LimitKind = "rpm" | "tpm";

/** One counter: of a key that has so many a minute. */
export interface Counter {
  readonly kind: LimitKind;
  readonly perMinute: number;
  readonly key: string;
}

/** Whether points were taken, and until when the minute lasts, in milliseconds since the epoch. */
export interface Taken {
  readonly taken: boolean;
  readonly until: number;
}

/** Counters of a minute. What is not taken is not counted. */
export interface Limits {
  /** @throws AccessError `UNAVAILABLE` */
  take(counter: Counter, points: number): Promise<Taken>;
  /** Counts points, or fewer by a negative number, whatever the limit. */
  add(counter: Counter, points: number): Promise<void>;
  used(counter: Counter): Promise<number>;
}

/** Seconds. */
export const minute = 60;

type Make = (kind: LimitKind, perMinute: number) => RateLimiterAbstract;

/** `run` asks a limiter, and sees to it that it answers. */
export function limitsOf(make: Make, run: <T>(ask: () => Promise<T>) => Promise<T>): Limits {
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
      const { taken, ms } = await run(() => consume(limiter, counter.key, points));
      if (!taken) await run(() => limiter.reward(counter.key, points));
      return { taken, until: Date.now() + ms };
    },
    async add(counter, points) {
      const limiter = limiterOf(counter);
      if (points > 0) await run(() => limiter.penalty(counter.key, points));
      if (points < 0) await run(() => limiter.reward(counter.key, -points));
    },
    async used(counter) {
      const found = await run(() => limiterOf(counter).get(counter.key));
      return Math.max(0, found?.consumedPoints ?? 0);
    },
  };
}

/** A limiter rejects with its result where there are too few points, and with an error else. */
async function consume(limiter: RateLimiterAbstract, key: string, points: number) {
  try {
    return { taken: true, ms: (await limiter.consume(key, points)).msBeforeNext };
  } catch (error) {
    if (error instanceof RateLimiterRes) return { taken: false, ms: error.msBeforeNext };
    throw error;
  }
}
