import { RateLimiterRedis } from "rate-limiter-flexible";
import { inTime, isIoredis, type RedisClient } from "../redis/redis-client.ts";
import { type Limits, limitsOf, minute } from "./limits.ts";

/** Counters that all servers of one Redis share. Its user must be let run scripts (EVAL). */
export function redisLimits(
  client: RedisClient,
  { prefix = "acc" }: { readonly prefix?: string } = {},
): Limits {
  return limitsOf(
    (kind, points) =>
      new RateLimiterRedis({
        storeClient: client,
        useRedisPackage: !isIoredis(client),
        keyPrefix: `${prefix}:${kind}`,
        points,
        duration: minute,
      }),
    (ask) => inTime(ask, client),
  );
}
