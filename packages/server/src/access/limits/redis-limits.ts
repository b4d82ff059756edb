import { RateLimiterRedis } from "rate-limiter-flexible";
import { isIoredis, type RedisClient } from "../redis/redis-client.ts";
import { linkOf } from "../redis/redis-link.ts";
import { type Limits, limitsOf, minute } from "./limits.ts";
import { localWhileAway } from "./local-limits.ts";
import { countedInMemory } from "./memory-limits.ts";

/**
 * Limits that all servers of one Redis share. Its user must be allowed to run scripts (EVAL). While
 * Redis is unavailable, each server counts by itself, starting from the last known count.
 */
export function redisLimits(
  client: RedisClient,
  { prefix = "acc" }: { readonly prefix?: string } = {},
): Limits {
  const link = linkOf(client);
  const shared = limitsOf(
    (kind, points) =>
      new RateLimiterRedis({
        storeClient: client,
        useRedisPackage: !isIoredis(client),
        keyPrefix: `${prefix}:${kind}`,
        points,
        duration: minute,
      }),
    (key, ask) => link.ask(key, ask),
  );
  return localWhileAway({ ...shared, availability: link }, countedInMemory());
}
