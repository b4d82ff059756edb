/**
 * One hash for each account: `spent`, and a field for each withdrawal that is not settled. A script
 * runs completely or not at all. A client may send one twice if its connection broke: the second
 * run does nothing. The hash outlives its period, for calls that began in it.
 */
const kept = 7 * 24 * 60 * 60;

/** KEYS: account. ARGV: id, amount, limit, end of the period in seconds since the epoch. */
export const takeScript: string = `
local taken = "taken:" .. ARGV[1]
if redis.call("HEXISTS", KEYS[1], taken) == 1 then return 1 end
local spent = tonumber(redis.call("HGET", KEYS[1], "spent") or "0")
if spent + tonumber(ARGV[2]) > tonumber(ARGV[3]) then return 0 end
redis.call("HINCRBY", KEYS[1], "spent", ARGV[2])
redis.call("HSET", KEYS[1], taken, ARGV[2])
redis.call("EXPIREAT", KEYS[1], tonumber(ARGV[4]) + ${kept})
return 1`;

/** KEYS: account. ARGV: id, amount. */
export const settleScript: string = `
local taken = redis.call("HGET", KEYS[1], "taken:" .. ARGV[1])
if not taken then return 0 end
redis.call("HDEL", KEYS[1], "taken:" .. ARGV[1])
redis.call("HINCRBY", KEYS[1], "spent", string.format("%d", tonumber(ARGV[2]) - tonumber(taken)))
return 1`;
