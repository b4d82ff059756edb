import { join } from "node:path";
import type { DiskStore } from "../disk-store.ts";

const load = () => import("cacache");

/** The cache of npm: each value is checked against its hash, as with ours. */
export const cacache: DiskStore = {
  name: "cacache",
  kind: "peer",
  load,
  async open(directory) {
    const { default: store } = await load();
    const path = join(directory, "cacache");
    const set = (key: string, value: unknown) => store.put(path, key, JSON.stringify(value));
    return {
      get: async (key) => JSON.parse((await store.get(path, key)).data.toString()),
      set,
      setAll: (entries) => Promise.all(entries.map(([key, value]) => set(key, value))),
      close: () => undefined,
    };
  },
};
