import { join } from "node:path";
import type { DiskStore } from "../disk-store.ts";

const load = () => import("lmdb");

/** Values in msgpack, its default. */
export const lmdb: DiskStore = {
  name: "lmdb",
  kind: "peer",
  load,
  async open(directory) {
    const { open } = await load();
    const database = open<unknown, string>({ path: join(directory, "lmdb") });
    return {
      get: (key) => database.get(key),
      set: (key, value) => database.put(key, value),
      setAll: (entries) => Promise.all(entries.map(([key, value]) => database.put(key, value))),
      close: () => database.close(),
    };
  },
};
