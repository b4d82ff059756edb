import type { CounterStore } from "../store.ts";
import type { Send } from "./redis-client.ts";

export function redisCounters(send: Send, key: string): CounterStore {
  return {
    async add(amounts) {
      const each = Object.entries(amounts);
      await Promise.all(
        each.map(([name, amount]) => send("HINCRBYFLOAT", key, name, String(amount))),
      );
    },
    /** Names, then amounts: lists look alike in every version of the protocol, and HGETALL does not. */
    async read() {
      const names = ((await send("HKEYS", key)) as Buffer[]).map(String);
      if (names.length === 0) return {};
      const amounts = (await send("HMGET", key, ...names)) as (Buffer | null)[];
      return Object.fromEntries(names.map((name, index) => [name, Number(amounts[index] ?? 0)]));
    },
  };
}
