import type { CounterStore } from "../store.ts";
import type { Send } from "./redis-client.ts";

/** By a script, whose reply is a flat list whichever version of the protocol the client speaks. */
const READ = "return redis.call('HGETALL', KEYS[1])";

export function redisCounters(send: Send, key: string): CounterStore {
  return {
    async add(amounts) {
      const each = Object.entries(amounts);
      await Promise.all(
        each.map(([name, amount]) => send("HINCRBYFLOAT", key, name, String(amount))),
      );
    },
    async read() {
      const flat = ((await send("EVAL", READ, "1", key)) as Buffer[]).map(String);
      const amounts: Record<string, number> = {};
      for (let index = 0; index < flat.length; index += 2) {
        amounts[flat[index] as string] = Number(flat[index + 1]);
      }
      return amounts;
    },
  };
}
