import assert from "node:assert/strict";
import type { Rule } from "./rule.ts";
import { KEYS, sample } from "./sample.ts";

export const persistenceRules: readonly Rule[] = [
  {
    name: "what was set is there for another process before the store is closed",
    purpose: "Processes share answers while they run.",
    async check(store, { reopen }) {
      if (!reopen) return;
      await store.set(KEYS[0], sample(1));
      await store.counters?.add({ seen: 2 });
      const other = await reopen();
      try {
        const found = await other.get(KEYS[0]);
        assert.deepEqual(Buffer.from(found?.bytes ?? []), Buffer.from(sample(1).bytes));
        assert.equal((await other.counters?.read())?.seen, store.counters ? 2 : undefined);
      } finally {
        await other.close?.();
      }
    },
  },
  {
    name: "another process reads what was noted",
    purpose: "What one process deletes would be served from the memory of the others.",
    async check({ invalidations }, { reopen }) {
      if (!reopen || !invalidations) return;
      const other = await reopen();
      try {
        const position = (await other.invalidations?.since())?.position;
        await invalidations.around({ author: "one", target: "a" }, () => undefined);
        const news = await other.invalidations?.since(position);
        assert.ok(news?.notes?.some(({ target }) => target === "a"));
      } finally {
        await other.close?.();
      }
    },
  },
  {
    name: "a closed store can be opened again",
    purpose: "The next run of a program finds the answers of the last one.",
    async check(store, { reopen }) {
      if (!reopen) return;
      await store.set(KEYS[0], sample(1));
      await store.close?.();
      const other = await reopen();
      try {
        assert.ok(await other.get(KEYS[0]));
        await other.set(KEYS[1], sample(2));
        assert.ok(await other.get(KEYS[1]));
      } finally {
        await other.close?.();
      }
    },
  },
];
