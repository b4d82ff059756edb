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
    /**
     * Reads the names, then the amounts: unlike HGETALL, lists are the same in every version of the
     * protocol.
     */
    async read() {
      const names = ((await send("HKEYS", key)) as Buffer[]).map(String);
      if (names.length === 0) return {};
      const amounts = (await send("HMGET", key, ...names)) as (Buffer | null)[];
      return Object.fromEntries(names.map((name, index) => [name, Number(amounts[index] ?? 0)]));
    },
  };
}
