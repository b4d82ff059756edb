import { RedisAway, Unanswered } from "../redis/redis-link.ts";
import type { CountedLimits, Counter, Limits, Taken } from "./limits.ts";

/** Milliseconds */
const longest = 60_000;
/** Counters that are kept in memory: keys come and go. */
const most = 10_000;

/** A counter's minute, as far as this machine knows it. */
interface Minute {
  /** Milliseconds since the epoch; an upper bound until Redis has answered. */
  until: number;
  /** Undefined until Redis has answered. */
  used: number | undefined;
  /**
   * Points that only this machine has counted, which Redis still has to add, or to subtract if
   * negative.
   */
  owed: number;
  isLocal: boolean;
}

/**
 * Counts on this machine while Redis is unavailable, starting from the last known count. What it
 * allowed in the meantime is added in Redis once it is back, if the minute has not ended.
 */
export function localWhileAway(shared: CountedLimits, local: CountedLimits): Limits {
  const minutes = new Map<string, Minute>();

  const minuteOf = (counter: Counter): Minute => {
    const name = `${counter.kind}:${counter.perMinute}:${counter.key}`;
    const found = minutes.get(name);
    const lasts = found !== undefined && found.until > Date.now();
    const until = Date.now() + longest;
    const minute = lasts ? found : { until, used: undefined, owed: 0, isLocal: false };
    minutes.delete(name);
    minutes.set(name, minute);
    const [oldest] = minutes.size > most ? minutes.keys() : [];
    if (oldest !== undefined) minutes.delete(oldest);
    return minute;
  };

  /**
   * Uses the shared limits, or else the machine's own, which continue from the last shared count.
   */
  async function either<T>(
    counter: Counter,
    points: number,
    ask: (limits: CountedLimits, minute: Minute) => Promise<T>,
  ): Promise<T> {
    const minute = minuteOf(counter);
    try {
      await pay(counter, minute);
      const found = await noted(ask(shared, minute), minute, points);
      minute.isLocal = false;
      return found;
    } catch (error) {
      if (!(error instanceof RedisAway)) throw error;
    }
    if (!minute.isLocal) {
      minute.isLocal = true;
      const ms = minute.until - Date.now();
      if (minute.used !== undefined && ms > 0) await local.set(counter, minute.used, ms);
    }
    return await ask(local, minute);
  }

  async function pay(counter: Counter, minute: Minute): Promise<void> {
    const { owed } = minute;
    if (owed === 0) return;
    minute.owed = 0;
    await noted(shared.add(counter, owed), minute, owed).catch((error) => {
      minute.owed += owed;
      throw error;
    });
  }

  return {
    ...(shared.availability && { availability: shared.availability }),
    take: (counter, points) =>
      either(counter, points, async (limits, minute) => {
        const found = await limits.take(counter, points);
        minute.until = found.until;
        minute.used = found.used;
        if (limits === local && found.taken) minute.owed += points;
        return found;
      }),
    add: (counter, points) =>
      either(counter, points, async (limits, minute) => {
        await limits.add(counter, points);
        if (minute.used !== undefined) minute.used += points;
        if (limits === local) minute.owed += points;
      }),
    used: (counter) => either(counter, 0, (limits) => limits.used(counter)),
  };
}

/**
 * Corrects `owed` if Redis counted points after all, but too late for the caller, so that they were
 * counted here too.
 */
async function noted<T>(asked: Promise<T>, minute: Minute, points: number): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Unanswered) {
      const count = (found: unknown) => {
        if ((found as Partial<Taken> | undefined)?.taken !== false) minute.owed -= points;
      };
      error.late.then(count, () => {});
    }
    throw error;
  }
}
