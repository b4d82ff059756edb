import { join } from "node:path";
import { type DiskStore, TTL } from "../disk-store.ts";

const load = async () => ({ ...(await import("keyv")), ...(await import("@keyv/sqlite")) });

export const keyvSqlite: DiskStore = {
  name: "@keyv/sqlite",
  kind: "peer",
  load,
  async open(directory) {
    const { Keyv, KeyvSqlite } = await load();
    const store = new KeyvSqlite({
      uri: `sqlite://${join(directory, "keyv.db")}`,
      busyTimeout: 5000,
    });
    const cache = new Keyv({ store, ttl: TTL });
    return {
      get: (key) => cache.get(key),
      set: (key, value) => cache.set(key, value),
      setAll: (entries) => cache.setMany(entries.map(([key, value]) => ({ key, value }))),
      close: () => cache.disconnect(),
    };
  },
};
